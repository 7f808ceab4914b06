/* The library: its documents found and filtered, one of them opened, runs and their reports. */

let shown = 50; // documents on the shelf
let libraryOpened = false;
let removedShown = false; // in place of the documents that stand

const CHOICES = { issuer: "#by-issuer", marking: "#by-marking", language: "#by-language", from: "#by-from", to: "#by-to" };

async function drawShelf({ anew = false } = {}) {
  const words = one("#find").value;
  const filters = Object.fromEntries(Object.entries(CHOICES).map(([name, id]) => [name, one(id).value]));
  const removed = removedShown;
  const reply = await call("shelf", { words, filters, sort: one("#sort").value, limit: shown, anew, removed });
  if (words !== one("#find").value || removed !== removedShown) return;
  show(one("#shelf"), reply.html);
  for (const name of ["issuer", "marking", "language"]) {
    const select = one(CHOICES[name]);
    const value = select.value;
    if (reply.options) show(select, reply.options[`${name}s`]);
    select.value = value;
    if (select.selectedIndex < 0) select.value = "";
  }
}

function openLibrary() {
  findRuns();
  if (libraryOpened) return drawShelf();
  libraryOpened = true;
  show(one("#shelf"), skeleton());
  return drawShelf({ anew: true });
}

const findDocuments = later(() => {
  shown = 50;
  drawShelf();
});

function showTab(button) {
  const runs = button.dataset.tab === "runs";
  removedShown = button.dataset.tab === "removed";
  for (const tab of all("[data-tab]")) tab.setAttribute("aria-pressed", String(tab === button));
  one("#documents-tab").hidden = runs;
  one("#runs").hidden = !runs;
  if (runs) drawRuns();
  else findDocuments();
}

async function drawRuns(cursor = "", button = null) {
  const list = one("#runs");
  const reply = await call("runs", { cursor });
  if (!button) return void show(list, reply.html);
  button.closest("li").remove();
  list.insertAdjacentHTML("beforeend", reply.html);
}

async function openRun(details) {
  if (!details.open || !details.dataset.run) return;
  const reply = await call("run", { id: details.dataset.run });
  show(one(".run-report", details), reply.html);
}

async function openDocument(id, { from = "", push = true } = {}) {
  const view = one("#document-view");
  if (push) address({ d: id });
  if (one(".paper", view)?.dataset.document !== id) show(view, skeleton());
  showView("document");
  places.delete("document");
  const reply = await call("document", { id });
  show(view, reply.html);
  if (reply.title) document.title = `${reply.title} · Attaché`;
  const earlier = from && one(`input[name=from][value="${CSS.escape(from)}"]`, view);
  if (earlier) {
    earlier.checked = true;
    compare();
  }
}

async function compare() {
  const paper = one(".paper");
  const [from, to] = ["from", "to"].map((name) => one(`input[name=${name}]:checked`, paper)?.value);
  const box = one(".difference", paper);
  show(box, skeleton());
  const reply = await call("difference", { id: paper.dataset.document, from, to });
  show(box, reply.html);
  box.scrollIntoView({ block: "start", behavior: CALM.matches ? "auto" : "smooth" });
}

async function removeDocumentFromLibrary(button) {
  const { remove: id, title } = button.dataset;
  const sure = await askToConfirm(
    say("Remove this document?"),
    title,
    say("New answers will no longer quote it. Its versions stay readable, and it can be restored."),
    say("Remove"),
  );
  if (!sure) return;
  await attempt(async () => {
    await api("DELETE", `/v1/documents/${encodeURIComponent(id)}`);
    tell(say("Removed “{title}”.", { title }));
    removeDocument(id);
  });
  changed(id);
}

async function restoreVersion(button) {
  await attempt(async () => {
    await api("POST", button.dataset.restore, { version_id: button.dataset.version });
    tell(say("It stands again."));
  });
  changed(button.closest(".paper")?.dataset.document);
}

/* The library is another: what shows it is drawn anew. */
function changed(id = "") {
  overview();
  drawShelf({ anew: true });
  if (id && document.body.dataset.view === "document") openDocument(id, { push: false });
  if (!one("#runs").hidden) drawRuns();
}
