/* When the server cannot be reached: it is said, what was asked stays, and it is tried until it is back. */

const LOOK_MS = 2500; // between looks for a server that is away, or that is answering
const SIGN_MS = 4000; // after this long without a sign it is asked for, as a proxy may keep it back
const REPLY_MS = 15000; // after this long without a sign the question is given back
const BEAT_MS = 10000; // between looks of a page that is not used
const FIRST_LOOK_MS = 600; // after which a question without a sign is looked into
let trying = 0;
let stale = false; // something could not be shown because the server was away

async function reachable() {
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(8000) })).ok;
  } catch {
    return false;
  }
}

function offline(is) {
  const notice = one(".offline");
  if (!notice || notice.hidden === !is) return;
  notice.hidden = !is;
  document.body.style.setProperty("--notice", `${notice.offsetHeight}px`); // 0 where it is hidden
  clearTimeout(trying);
  if (is) trying = setTimeout(tryAgain, LOOK_MS);
}

/* A page at which nobody does anything learns of it too, while it is in sight. */
async function beat() {
  setTimeout(beat, BEAT_MS);
  if (document.visibilityState !== "visible" || underWay || !one(".offline")?.hidden) return;
  if (!(await reachable()) && !(await reachable())) offline(true);
}

async function tryAgain() {
  clearTimeout(trying);
  if (await reachable()) return back();
  if (underWay) unreached();
  trying = setTimeout(tryAgain, LOOK_MS);
  return undefined;
}

/* Whatever is answered tells that it is back. */
function reached() {
  if (one(".offline")?.hidden === false) back();
}

/* It answers again. Gradio begins anew after a lost line, and so does the page where a question
   waits or the server's page is another; what was asked is then asked, unless it was answered meanwhile. */
async function back() {
  if (waiting?.away) return void location.reload();
  offline(false);
  const { status, build } = await overview();
  if (status === 0 && !one(".offline").hidden) return undefined;
  if (build !== GIVEN.build) return void location.reload();
  if (stale) route({ anew: true });
  stale = false;
  return void listTalks();
}

/* In the place of what could not be had. */
function awayPanel() {
  stale = true;
  const title = say("The server cannot be reached");
  const words = say("This is shown as soon as it answers again.");
  return `<div class="report failed" role="alert"><h2>${title}</h2><p>${words}</p><button type="button" class="secondary" data-action="try-again">${say("Try again")}</button></div>`;
}

const brokenPanel = () =>
  `<div class="report failed" role="alert"><h2>${say("The request failed")}</h2><p>${say("Reload the page. If it fails again, the server’s log says why.")}</p></div>`;

/* Looks now and then, while a question is under way, whether anybody is there to answer it. */
async function watchOver(asked) {
  const began = Date.now();
  await pause(FIRST_LOOK_MS);
  while (underWay === asked && !waiting?.away) {
    const there = await reachable();
    if (underWay !== asked) return;
    if (!there) return void unreached();
    const waited = Date.now() - began;
    if (waiting && waited > SIGN_MS && (await takenUp(asked))) return;
    if (underWay !== asked) return;
    if (waiting && waited > REPLY_MS) {
      takeBack();
      tell(say("The server does not answer. Your question is in the field again."), true);
    }
    await pause(LOOK_MS);
  }
}

function lineDown() {
  offline(true);
  if (underWay) unreached();
}

/* The question that waits for a server: it stays where it was asked, and can be taken back. */
function unreached() {
  offline(true);
  waiting ??= underWay;
  if (waiting.away) return;
  waiting.away = true;
  remember("asked", JSON.stringify(waiting));
  const turn = askedTurn(waiting.words);
  const answer = one(".answer", turn);
  answer.classList.add("problem", "away");
  const ways = make("p", "", { className: "ways" });
  for (const [action, words] of [["try-again", "Try again"], ["take-back", "Edit the question"]]) {
    const button = make("button", say(words), { type: "button", className: "secondary" });
    button.dataset.action = action;
    ways.append(button);
  }
  answer.replaceChildren(
    make("h3", say("The server cannot be reached")),
    make("p", say("Your question is kept. It is asked as soon as the server answers again.")),
    ways,
  );
  answer.setAttribute("role", "alert");
  one("#now").replaceChildren(turn);
  follow(turn);
}

/* Back into the field, to be changed or kept for later. */
function takeBack() {
  const words = waiting?.words ?? "";
  arrived();
  underWay = null;
  remember("asked", "");
  one("#now").replaceChildren();
  settle({ answered: false });
  document.body.toggleAttribute("data-talking", one("#thread .turn") !== null);
  edit(words);
}
