/* What a question is narrowed to: filters and the day it is asked as of, shown as chips. */

const EVERYTHING = { documents: [], issuer: "", marking: "", language: "", folder: "", from: "", to: "" };
const LISTED = ["issuer", "marking", "language", "folder"]; // of these the library tells which there are
let narrow = EVERYTHING;

function narrowed() {
  const filters = {
    document_ids: narrow.documents.map((each) => each.id),
    issuers: narrow.issuer ? [narrow.issuer] : [],
    markings: narrow.marking ? [narrow.marking] : [],
    languages: narrow.language ? [narrow.language] : [],
    folders: narrow.folder ? [narrow.folder] : [],
    published_from: narrow.from,
    published_to: narrow.to,
  };
  return { as_of: one("#as-of").value, as_of_time: one("#as-of-time").value, filters };
}

/* A day as people write it. */
function written(day) {
  const at = new Date(`${day}T00:00:00Z`);
  const how = { dateStyle: "long", timeZone: "UTC" };
  return Number.isNaN(at.getTime()) ? day : new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, how).format(at);
}

const NAMED = {
  issuer: (value) => say("from {issuer}", { issuer: value }),
  marking: (value) => value,
  language: (value) => say(value === "fr" ? "in French" : value === "en" ? "in English" : "in {language}", { language: value }),
  folder: (value) => say("in {names}", { names: decoded(value.replace(/.*\//, "")) }),
  from: (value) => say("published from {day}", { day: written(value) }),
  to: (value) => say("published to {day}", { day: written(value) }),
};

function drawChips() {
  const chips = [];
  for (const each of narrow.documents) chips.push(chip(each.title, () => removeDocument(each.id)));
  for (const [name, words] of Object.entries(NAMED)) {
    if (narrow[name]) chips.push(chip(words(narrow[name]), () => setNarrow({ [name]: "" })));
  }
  const day = one("#as-of").value;
  const time = day && one("#as-of-time").value;
  const moment = time ? `${written(day)}, ${time} UTC` : written(day);
  if (day) chips.push(chip(say("as of {day}", { day: moment }), () => setDay("")));
  one(".chips").replaceChildren(...chips);
  one(".as-of").classList.toggle("dated", Boolean(day));
  keep({ narrow: chips.length ? { ...narrow, day, time } : null });
}

function chip(words, remove) {
  const row = make("li", "");
  const button = make("button", words, { type: "button", onclick: remove, title: words });
  button.setAttribute("aria-label", say("Remove: {what}", { what: words }));
  row.append(button);
  return row;
}

function setNarrow(change) {
  narrow = { ...narrow, ...change };
  drawChips();
}

function setDay(day, time = "") {
  one("#as-of").value = day;
  one("#as-of-time").value = time;
  drawChips();
}

const removeDocument = (id) => setNarrow({ documents: narrow.documents.filter((each) => each.id !== id) });

function askDocument(button) {
  const { narrow: id, title } = button.dataset;
  closeViewer();
  // From the library it is a matter of its own; from an answer it goes on with what was asked.
  if (!button.closest("#thread") && conversation) openTalk("");
  if (!narrow.documents.some((each) => each.id === id)) setNarrow({ documents: [...narrow.documents, { id, title }] });
  goTo("ask");
  field().focus();
}

/* It opens at once; what there is to choose from comes when the server has told it. */
async function openNarrow() {
  const dialog = one("#narrow");
  for (const name of LISTED) {
    const select = one(`#narrow-${name}`);
    const value = narrow[name];
    if (![...select.options].some((each) => each.value === value)) select.add(new Option(value, value));
    select.value = value;
  }
  one("#narrow-from").value = narrow.from;
  one("#narrow-to").value = narrow.to;
  call("shelf", { limit: 1 }).then(({ options }) => options && listChoices(options));
  if (!(await chosen(dialog, "ok"))) return;
  const change = {};
  for (const name of [...LISTED, "from", "to"]) change[name] = one(`#narrow-${name}`).value;
  setNarrow(change);
  field().focus();
}

/* What was chosen meanwhile stays chosen. */
function listChoices(options) {
  for (const name of LISTED) {
    const select = one(`#narrow-${name}`);
    const { value } = select;
    show(select, options[`${name}s`]);
    if ([...select.options].some((each) => each.value === value)) select.value = value;
    else select.add(new Option(value, value, true, true));
  }
}

/* A conversation brings what it was narrowed to; another one's does not stay. */
function recallNarrow(chosen) {
  const { day = "", time = "", ...rest } = chosen ?? {};
  narrow = { ...EVERYTHING, ...rest };
  setDay(day, time);
}
