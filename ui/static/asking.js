/* Asking: the question on its way, the answer as it arrives, stopping, trying again. */

const REPLY_MS = 15000; // after this long without a sign the question is given back
let waiting = null; // the question sent, until the page shows that it arrived
let following = false; // from asking until the answer is whole, or its reader scrolls
let conversation = ""; // the one that is open; empty for a new one

const field = () => one("#question");
const running = () => waiting !== null || one("#now [data-running]") !== null;

function ask(question) {
  const words = question.trim();
  if (!words || running()) return;
  waiting = { words, timer: setTimeout(giveBack, REPLY_MS) };
  document.body.dataset.asking = "";
  document.body.toggleAttribute("data-talking", true);
  following = true;
  field().value = "";
  fit();
  remember("question", "");
  remember("asked", JSON.stringify({ words, conversation }));
  if (!HOVERS.matches) field().blur(); // puts the on-screen keyboard away
  showView("ask");
  link.trigger("submit", { question: words, conversation, language, ...narrowed() });
}

function arrived() {
  if (!waiting) return;
  clearTimeout(waiting.timer);
  waiting = null;
  delete document.body.dataset.asking;
}

function giveBack() {
  if (waiting && !field().value) field().value = waiting.words;
  arrived();
  fit();
  tell(say("The server does not answer. Your question is in the field again."), true);
}

function stop() {
  arrived();
  link.trigger("stop", { language });
}

function fit() {
  const box = field();
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
}

function edit(question) {
  showView("ask");
  field().value = question;
  fit();
  field().focus();
  remember("question", question);
}

/* What a reload of the page must not lose. */
function remember(name, value) {
  try {
    if (value) sessionStorage.setItem(`attache.${name}`, value);
    else sessionStorage.removeItem(`attache.${name}`);
  } catch {
    // storage is switched off: the page works without
  }
}

function remembered(name) {
  try {
    return sessionStorage.getItem(`attache.${name}`) ?? "";
  } catch {
    return "";
  }
}

/* After a reload: what was being written, or asked and not answered, is in the field again. */
async function recall(turns) {
  const draft = remembered("question");
  const asked = JSON.parse(remembered("asked") || "null");
  remember("asked", "");
  const last = turns[turns.length - 1];
  const open = asked && asked.conversation === conversation;
  const answered = last && one(".question", last)?.textContent === asked?.words;
  if (draft) edit(draft);
  else if (open && !answered) edit(asked.words);
}

/* What the server puts into the page's two boxes. */
function received(box) {
  if (box.closest("#live")) return drawLive(box);
  const turn = posted(box);
  if (!turn) return;
  const known = turn.dataset.turn && one(`#thread .turn[data-turn="${CSS.escape(turn.dataset.turn)}"]`);
  if (!known) finish(turn);
}

/* The turn in a box, where it lies as a text. */
function posted(box) {
  const held = document.createElement("template");
  held.innerHTML = one("pre", box)?.textContent ?? "";
  return held.content.firstElementChild;
}

function drawLive(box) {
  const turn = posted(box);
  if (!turn) {
    if (!waiting) one("#now").replaceChildren();
    return;
  }
  if (turn.dataset.conversation) opened(turn.dataset.conversation);
  arrived();
  one("#now").replaceChildren(turn);
  if (following) follow(one("#now .turn"));
}

function finish(turn) {
  arrived();
  remember("asked", "");
  one("#now").replaceChildren();
  one("#thread").append(turn);
  if (turn.dataset.conversation) opened(turn.dataset.conversation);
  if (following) follow(turn);
  following = false;
  choose(turn, null);
  if (turn.dataset.turn) {
    listTalks();
    suggest(turn);
  }
}

/* Keeps the end of the answer in sight, but never pushes its question out of it. */
function follow(turn) {
  const bar = one(".masthead").offsetHeight;
  const top = turn.getBoundingClientRect().top + window.scrollY - bar - 8;
  const end = document.documentElement.scrollHeight - window.innerHeight;
  window.scrollTo({ top: Math.min(top, end) });
}

async function suggest(turn) {
  const answered = ["answered", "partly_answered"].includes(turn.dataset.outcome);
  if (!answered || !conversation) return;
  const reply = await call("suggestions", { conversation });
  if (turn.isConnected && turn === one("#thread").lastElementChild) show(one(".followups", turn), reply.html);
}

async function rate(button) {
  const rating = button.dataset.rate;
  const answer = button.closest(".turn").dataset.turn;
  let reason = "";
  if (rating === "down") {
    if (!(await chosen(one("#rate"), "ok"))) return;
    reason = one("#reason").value.trim();
    one("#reason").value = "";
  }
  await attempt(async () => {
    await api("POST", "/v1/feedback", { answer_id: answer, rating, reason });
    for (const each of all("[data-rate]", button.parentElement)) each.setAttribute("aria-pressed", String(each === button));
    tell(say("Thank you. It is kept."));
  });
}
