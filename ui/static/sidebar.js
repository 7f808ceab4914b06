/* The conversations beside the one that is open. */

async function listTalks() {
  const words = one("#find-talk").value;
  const reply = await call("conversations", { words });
  if (words !== one("#find-talk").value) return;
  if (reply.status === 0) return;
  show(one(".talks"), reply.status === 200 ? reply.html : "");
  markTalk();
}

async function moreTalks(button) {
  const reply = await call("conversations", { words: one("#find-talk").value, cursor: button.dataset.more });
  if (reply.status !== 200) return;
  button.closest("li").remove();
  one(".talks").insertAdjacentHTML("beforeend", reply.html);
  markTalk();
}

function markTalk() {
  for (const row of all(".talks .one")) {
    const here = row.dataset.id === conversation;
    if (here) one("a", row).setAttribute("aria-current", "true");
    else one("a", row).removeAttribute("aria-current");
    if (here) document.title = `${one("a", row).title} · Attaché`;
  }
  if (!conversation) document.title = "Attaché";
}

function toggleMenu(button) {
  const menu = button.nextElementSibling;
  const open = menu.hidden;
  closeMenus();
  menu.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  if (open) {
    one("button, a", menu).focus();
    menu.scrollIntoView({ block: "nearest" });
  }
}

/* Also after what was chosen in one. By Escape the focus goes back to what opened it. */
function closeMenus({ back = false } = {}) {
  for (const menu of all(".menu:not([hidden])")) {
    const opens = menu.previousElementSibling;
    menu.hidden = true;
    opens.setAttribute("aria-expanded", "false");
    if (back) opens.focus();
  }
}

/* Arrows, Home and End go through an open menu; Tab leaves it. */
function walkMenu(event) {
  const menu = event.target.closest?.(".menu:not([hidden])");
  if (!menu) return;
  if (event.key === "Tab") return closeMenus({ back: true });
  const items = all("button, a", menu);
  const at = items.indexOf(event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items[to % items.length].focus();
}

/* A dialog that was opened from a menu gives the focus back to what opened that. */
function backTo(button) {
  button.closest(".menu")?.previousElementSibling.focus();
}

async function renameTalk(button) {
  backTo(button);
  closeMenus();
  const title = one("#new-title");
  title.value = button.dataset.title;
  if (!(await chosen(one("#rename"), "ok")) || !title.value.trim()) return;
  await attempt(() => api("PATCH", button.dataset.rename, { title: title.value.trim() }));
  listTalks();
}

async function forgetTalk(button) {
  backTo(button);
  closeMenus();
  const id = button.closest(".one").dataset.id;
  const sure = await askToConfirm(
    say("Delete this conversation?"),
    button.dataset.title,
    say("It is deleted for good, with all its answers."),
    say("Delete"),
  );
  if (!sure) return;
  await attempt(async () => {
    await api("DELETE", button.dataset.forget);
    if (conversation === id) openTalk("");
  });
  listTalks();
}

function toggleSidebar(button) {
  if (!WIDE.matches) return setDrawer(!drawerOpen());
  const hidden = document.body.toggleAttribute("data-narrow-page");
  button.setAttribute("aria-expanded", String(!hidden));
}

const drawerOpen = () => "drawer" in document.body.dataset;

/* What lies beneath the open drawer can be neither reached nor read. */
function setDrawer(open, { back = false } = {}) {
  if (open === drawerOpen()) return;
  if (open) document.body.dataset.drawer = "";
  else delete document.body.dataset.drawer;
  for (const beneath of ["#talk", "#proof"]) one(beneath).inert = open;
  const toggle = one(".masthead .toggle");
  toggle.setAttribute("aria-expanded", String(open));
  if (open) one("#sidebar button, #sidebar input").focus();
  else if (back) toggle.focus();
}

WIDE.addEventListener("change", () => setDrawer(false));
