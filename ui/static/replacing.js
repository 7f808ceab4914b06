/* A question asked otherwise: its answer takes the place of the first, and of what followed. */

let replacing = null; // the turn that goes, once the question is answered

const turnsFrom = (turn) => {
  const found = all("#thread .turn");
  return found.slice(found.indexOf(turn));
};
const numberOf = (turn) => Number(turn?.dataset.number) || 0;

function editBy(button) {
  edit(button.dataset.edit);
  const turn = button.closest("#thread .turn");
  if (turn && numberOf(turn)) willReplace(turn);
}

/* The last one asked again gives way to its new answer; one that failed is tried in its place. */
function askBy(button) {
  const turn = button.closest("#thread .turn");
  const again = turn && button.dataset.ask === one(".question", turn).textContent;
  if (again && !turn.dataset.turn) turn.remove();
  else if (again && turn === one("#thread").lastElementChild && numberOf(turn)) replacing = turn;
  ask(button.dataset.ask);
}

function willReplace(turn) {
  replacing = turn;
  const after = turnsFrom(turn).length - 1;
  const many = after === 1 ? "The new answer takes the place of this one and of the one after it." : "The new answer takes the place of this one and of the {n} after it.";
  const notice = one(".replacing");
  one("span", notice).textContent = after ? say(many, { n: after }) : say("The new answer takes the place of this one.");
  notice.hidden = false;
}

function keepAll() {
  replacing = null;
  one(".replacing").hidden = true;
}

/* What was to take an answer's place goes as well: sent later, it would be a question of its own. */
function giveUpEdit() {
  if (one(".replacing").hidden) return;
  keepAll();
  field().value = "";
  fit();
  keep({ draft: "" });
}

/* While it is asked, what will go is out of sight, and comes back where nothing was answered. */
function setAside() {
  const turn = replacing;
  keepAll();
  if (!turn?.isConnected) return 0;
  for (const each of turnsFrom(turn)) each.classList.add("to-be-replaced");
  return numberOf(turn);
}

function settle({ answered }) {
  for (const each of all("#thread .to-be-replaced")) {
    if (answered) each.remove();
    else each.classList.remove("to-be-replaced");
  }
}

/* Counted on from the turns before it. */
function number(turn) {
  const before = all("#thread .turn").filter((each) => each !== turn && numberOf(each));
  if (turn.dataset.turn && !numberOf(turn)) turn.dataset.number = numberOf(before[before.length - 1]) + 1;
}
