/* A question under way when the page was loaded anew: taken up where it is. */

const ON_ITS_WAY_MS = 700; // after this long nothing that was sent by the page before arrives any more
const TAKE_UP_MS = 250; // between looks at an answer that another page began

/* By this a question is found again; nobody else can guess it. */
const ticket = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/* What no server has heard of is asked; what one began and none knows of is in the field again. */
async function recall(turns) {
  const asked = noted("asked");
  if (!asked || asked.conversation !== conversation) return;
  const last = turns[turns.length - 1];
  const answered = last && one(".question", last)?.textContent === asked.words && !asked.replaces;
  if (answered) return void remember("asked", "");
  const replaced = turns.find((turn) => asked.replaces && numberOf(turn) === asked.replaces);
  if (await takenUp(asked, replaced)) return;
  if (!asked.heard && !asked.away) {
    await pause(ON_ITS_WAY_MS);
    if (await takenUp(asked, replaced)) return;
  }
  if (running() || conversation !== asked.conversation) return;
  remember("asked", "");
  if (asked.away || !asked.heard) {
    replacing = replaced ?? null;
    ask(asked.words);
  } else if (!field().value) {
    edit(asked.words);
    if (replaced) willReplace(replaced);
  }
}

/* Shows it as it comes, until it is finished; false where the server knows nothing of it. Also for
   a question of this page whose answer does not arrive as it should, as behind a proxy that keeps it. */
async function takenUp(asked, replaced) {
  const own = underWay === asked;
  let reply = await call("became", { ticket: asked.ticket ?? "" });
  if (reply.status !== 200 || (own ? underWay !== asked : running()) || conversation !== asked.conversation) return false;
  if (!own) {
    underWay = asked;
    following = true;
    replacing = replaced ?? null;
    setAside();
    document.body.toggleAttribute("data-talking", true);
  }
  while (underWay === asked && reply.status === 200 && reply.running) {
    drawLive(boxOf(reply.html));
    await pause(TAKE_UP_MS);
    reply = await call("became", { ticket: asked.ticket });
  }
  if (underWay !== asked) return true;
  if (reply.status === 200) became(reply);
  else if (reply.status === 0) unreached();
  else return void (underWay = null);
  return true;
}

/* It may have been finished after its page was loaded and before its conversation was. */
function became({ html }) {
  const turn = posted(boxOf(html));
  const id = turn.dataset.turn;
  if (id) one(`#thread .turn[data-turn="${CSS.escape(id)}"]`)?.remove();
  finish(turn);
}

/* As the server puts a turn into the page's boxes. */
function boxOf(html) {
  const box = make("div", "");
  box.append(make("pre", html ?? ""));
  return box;
}
