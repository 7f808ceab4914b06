/* The conversation that is open, the view that is open, and the address that says so. */

const places = new Map(); // how far each view was scrolled when it was left
let earliest = 0; // the turn before which there are more; 0: none

function opened(id) {
  if (conversation === id) return;
  if (!conversation) keepAs(id);
  conversation = id;
  if (underWay) underWay.conversation = id;
  const asked = noted("asked");
  if (asked) remember("asked", JSON.stringify({ ...asked, conversation: id }));
  if (document.body.dataset.view === "ask") address({ c: id }, true);
  markTalk();
}

function address(query, replace = false) {
  const parts = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== "" && value != null));
  const wanted = parts.size ? `/?${parts}` : "/";
  if (wanted === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", wanted);
}

function showView(name) {
  const left = document.body.dataset.view;
  if (left !== name) {
    places.set(left, window.scrollY);
    requestAnimationFrame(() => window.scrollTo(0, places.get(name) ?? 0));
  }
  document.body.dataset.view = name;
  if (name === "ask") fit();
  for (const tab of all("nav button[data-view]")) {
    const current = tab.dataset.view === (name === "document" ? "library" : name);
    if (current) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  hidePopover();
  delete document.body.dataset.sheet;
  setDrawer(false);
}

/* By a button: the view, and the address with it. */
function goTo(name) {
  if (name === "library") {
    address({ view: "library" });
    showView("library");
    openLibrary();
  } else if (name === "check") {
    address({ view: "check" });
    openCheck();
  } else {
    address({ c: conversation });
    showView("ask");
  }
}

/* What was asked and not answered yet is in the field when its conversation is opened again. */
function leave() {
  const { words } = underWay ?? waiting;
  stop();
  keep({ draft: words });
  underWay = null;
  remember("asked", "");
}

async function openTalk(id, { push = true } = {}) {
  if (running()) leave();
  const thread = one("#thread");
  conversation = id;
  keepAll();
  unpack();
  earliest = 0;
  one(".earlier").hidden = true;
  one("#now").replaceChildren();
  emptyProof();
  if (push) address({ c: id });
  showView("ask");
  markTalk();
  document.body.toggleAttribute("data-talking", Boolean(id));
  if (!id) {
    thread.replaceChildren();
    if (WIDE.matches) field().focus();
    return void recall([]);
  }
  const waitingFor = setTimeout(() => show(thread, skeleton()), 150);
  const reply = await call("conversation", { id });
  clearTimeout(waitingFor);
  if (conversation !== id) return;
  show(thread, reply.html);
  setEarliest(reply.before);
  const turns = all(".turn", thread);
  if (turns.length) choose(turns[turns.length - 1], null);
  document.body.toggleAttribute("data-talking", turns.length > 0 || reply.status !== 200);
  requestAnimationFrame(() => window.scrollTo(0, document.documentElement.scrollHeight));
  recall(turns);
}

function setEarliest(before) {
  earliest = before ?? 0;
  one(".earlier").hidden = !earliest;
}

async function showEarlier() {
  const thread = one("#thread");
  const id = conversation;
  const reply = await call("conversation", { id, before: earliest });
  if (conversation !== id || reply.status !== 200) return;
  const height = document.documentElement.scrollHeight;
  thread.insertAdjacentHTML("afterbegin", reply.html);
  setEarliest(reply.before);
  window.scrollBy(0, document.documentElement.scrollHeight - height);
}

const skeleton = () => '<div class="skeleton" role="status"><span class="unseen">…</span><i></i><i></i><i></i><i></i></div>';

/* What the address says is open; `anew` also where it is open already. */
function route({ anew = false } = {}) {
  const query = new URLSearchParams(location.search);
  const place = query.get("d");
  if (place && query.get("v")) {
    const span = { start: Number(query.get("start")) || 0, end: Number(query.get("end")) || 0 };
    openPlace({ document: place, version: query.get("v"), ...span });
    if (!document.body.dataset.view) showView("ask");
    return;
  }
  closeViewer();
  if (place) openDocument(place, { from: query.get("from"), push: false });
  else if (query.get("view") === "library") {
    showView("library");
    openLibrary();
  } else if (query.get("view") === "check") openCheck();
  else if (anew || (query.get("c") ?? "") !== conversation || !document.body.dataset.view) {
    openTalk(query.get("c") ?? "", { push: false });
  } else showView("ask");
}

/* A link of the page opens here; with a key held down, in a tab of its own. */
function follows(event, anchor) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const url = new URL(anchor.href);
  if (url.search !== location.search) history.pushState(null, "", url.search);
  route();
}

async function overview() {
  const reply = await call("overview");
  one(".holdings").innerHTML = reply.holdings ?? "";
  if (reply.promise) one(".promise").innerHTML = reply.promise;
  signedIn(reply);
  if (reply.status === 200) offerExamples();
  return reply;
}

/* Only what this library answers is offered. */
async function offerExamples() {
  const reply = await call("examples");
  if (reply.status === 200 && reply.html !== one(".examples").innerHTML) show(one(".examples"), reply.html);
}
