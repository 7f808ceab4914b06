/* What a reload of the page must not lose: this tab's own notes, some of them by conversation. */

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

function noted(name) {
  try {
    return JSON.parse(remembered(name) || "null");
  } catch {
    return null;
  }
}

/* The draft and what is narrowed to belong to one conversation, also to one that is not begun yet. */
const talkNote = (id) => `talk.${id || "new"}`;
const kept = (id = conversation) => noted(talkNote(id)) ?? {};

function keep(change, id = conversation) {
  const all = Object.entries({ ...kept(id), ...change }).filter(([, value]) => value);
  remember(talkNote(id), all.length ? JSON.stringify(Object.fromEntries(all)) : "");
}

/* A conversation that was begun has a name from now on. */
function keepAs(id) {
  keep(kept(""), id);
  remember(talkNote(""), "");
}

/* What of a conversation stands around its turns, when it is opened. */
function unpack() {
  const { draft, narrow: chosen } = kept();
  field().value = draft ?? "";
  fit();
  recallNarrow(chosen);
}
