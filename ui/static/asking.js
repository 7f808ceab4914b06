/* Asking: the question on its way, the answer as it arrives, stopping, trying again. */

let waiting = null; // the question sent, until the page shows that it arrived
let underWay = null; // the question sent, until its answer is whole
let following = false; // from asking until the answer is whole, or its reader scrolls
let conversation = ""; // the one that is open; empty for a new one

const field = () => one("#question");
const running = () => waiting !== null || one("#now [data-running]") !== null;

function ask(question) {
  const words = question.trim();
  if (!words || running()) return;
  const replaces = setAside();
  waiting = { words, conversation, replaces, ticket: ticket() };
  underWay = waiting;
  document.body.dataset.asking = "";
  document.body.toggleAttribute("data-talking", true);
  following = true;
  field().value = "";
  fit();
  keep({ draft: "" });
  remember("asked", JSON.stringify(waiting));
  if (!HOVERS.matches) field().blur(); // puts the on-screen keyboard away
  showView("ask");
  show(one("#now"), "").append(askedTurn(words));
  follow(one("#now .turn"));
  link.trigger("submit", { question: words, conversation, language, replaces, ticket: waiting.ticket, ...narrowed() });
  watchOver(waiting);
}

/* The question as it stands from the first moment, before the server says anything. */
function askedTurn(words) {
  const turn = make("article", "", { className: "turn" });
  const asked = make("div", "", { className: "asked" });
  asked.append(make("h2", words, { className: "question" }));
  const answer = make("section", "", { className: "answer" });
  answer.setAttribute("aria-label", say("Answer"));
  const status = make("p", "", { className: "status" });
  status.append(make("span", "", { className: "pulse" }), `${say("Searching the library")}…`);
  answer.append(status);
  turn.append(asked, answer);
  return turn;
}

function arrived() {
  if (!waiting) return;
  waiting = null;
  delete document.body.dataset.asking;
}

function stop() {
  const unseen = waiting !== null; // nothing of it has arrived that could be kept
  if (!waiting?.away) link.trigger("stop", { language, ticket: (underWay ?? waiting)?.ticket });
  if (unseen) takeBack();
}

/* As high as what is written; out of sight it has no height that could be measured. */
function fit() {
  const box = field();
  box.style.height = "auto";
  if (box.scrollHeight) box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
}

/* What is longer is cut off by the field, which says nothing of it. */
const tooLong = later((most) => {
  tell(say("A question has at most {n} characters. What is longer was left out.", { n: most.toLocaleString(language) }), true);
});

function edit(question) {
  showView("ask");
  field().value = question;
  fit();
  field().focus();
  keep({ draft: question });
}

/* What the server puts into the page's two boxes. */
function received(box) {
  if (box.closest("#live")) return drawLive(box);
  const turn = posted(box);
  if (!turn || elsewhere(turn)) return;
  const known = turn.dataset.turn && one(`#thread .turn[data-turn="${CSS.escape(turn.dataset.turn)}"]`);
  if (!known) finish(turn);
}

/* The turn in a box, where it lies as a text. */
function posted(box) {
  const held = document.createElement("template");
  held.innerHTML = one("pre", box)?.textContent ?? "";
  return held.content.firstElementChild;
}

/* What was asked in one conversation does not appear in another that was opened meanwhile. */
const elsewhere = (turn) => !underWay || (turn.dataset.conversation ?? "") !== "" && conversation !== "" && turn.dataset.conversation !== conversation;

function drawLive(box) {
  const turn = posted(box);
  if (turn && elsewhere(turn)) return;
  if (!turn) {
    if (!waiting) one("#now").replaceChildren();
    return;
  }
  if (turn.dataset.conversation) opened(turn.dataset.conversation);
  if (waiting) remember("asked", JSON.stringify({ ...waiting, heard: true }));
  arrived();
  one("#now").replaceChildren(turn);
  if (following) follow(one("#now .turn"));
}

function finish(turn) {
  arrived();
  underWay = null;
  remember("asked", "");
  one("#now").replaceChildren();
  settle({ answered: Boolean(turn.dataset.turn) });
  one("#thread").append(turn);
  number(turn);
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
  if (reply.status === 200 && turn.isConnected && turn === one("#thread").lastElementChild) show(one(".followups", turn), reply.html);
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
