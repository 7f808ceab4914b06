/* Files on their way into the library: sent to the API, then followed file by file. */

const BATCH_FILES = 16;
const BATCH_BYTES = 8000000;
const SHOWN_FILES = 200;
const SENDING = 0.3; // the share of a file's way that is done when it was sent
const STATES = { wait: "waiting", send: "sending", read: "reading", added: "added", updated: "updated", unchanged: "already here" };
let sought = false; // whether this page's earlier runs were asked for
let finding = false; // whether runs under way are being asked for
const awaiting = []; // files that were chosen while others are on their way: their turn comes after
let working = null; // what is under way: { rows, failed, done, total, run, stopped }

function takeIn(files) {
  sought = true;
  const list = files.filter((file) => !file.name.startsWith("."));
  if (working) awaiting.push(...list);
  if (!list.length || working) return;
  remember("runs", "");
  beginWork(list);
  sendAll(list);
}

function beginWork(list, total = list.length) {
  working = { rows: new Map(), total, done: 0, now: 0, failed: 0, counts: {}, run: "", stopped: false };
  drawWork(list);
}

const nameOf = (file) => file.path ?? file.webkitRelativePath ?? file.name;

function drawWork(list) {
  const box = make("div", "", { className: "report working" });
  const head = make("h2", "");
  const bar = make("progress", "", { max: Math.max(1, working.total), value: 0 });
  bar.setAttribute("aria-label", say("Files taken in"));
  const rows = make("ul", "", { className: "files" });
  for (const file of list.slice(0, SHOWN_FILES)) rows.append(rowOf(file));
  const cancel = make("button", say("Cancel"), { type: "button", className: "secondary", onclick: cancelWork });
  box.append(head, bar, rows, cancel);
  one("#work").replaceChildren(box);
  progress();
}

function rowOf(file) {
  const row = make("li", "");
  row.append(make("span", nameOf(file) || file.name, { className: "file-name" }), make("span", say("waiting"), { className: "file-state" }));
  working.rows.set(nameOf(file) || file.name, row);
  return row;
}

function mark(name, state, detail = "") {
  const row = working.rows.get(name);
  if (!row) return;
  row.dataset.state = state;
  one(".file-state", row).textContent = say(STATES[state] ?? state);
  one(".file-detail", row)?.remove();
  if (detail) row.append(make("span", detail, { className: "file-detail" }));
}

function progress(share = 0) {
  const box = one("#work .report");
  const done = working.done + working.now;
  one("h2", box).textContent = say("Taking in: {done} of {total}", { done, total: Math.max(done, working.total) });
  one("progress", box).value = working.done + share;
}

function* batches(list) {
  let batch = [];
  let bytes = 0;
  const names = new Set();
  for (const file of list) {
    const full = batch.length >= BATCH_FILES || bytes + file.size > BATCH_BYTES;
    if (batch.length && (full || names.has(file.name))) {
      yield batch;
      batch = [];
      bytes = 0;
      names.clear();
    }
    batch.push(file);
    names.add(file.name);
    bytes += file.size;
  }
  if (batch.length) yield batch;
}

async function sendAll(list) {
  const runs = [];
  let unsent = list.length;
  try {
    for (const batch of batches(list)) {
      if (working.stopped) break;
      remember("unsent", String(unsent));
      const run = await send(batch);
      unsent -= batch.length;
      remember("unsent", unsent ? String(unsent) : "");
      if (run) {
        runs.push(run);
        remember("runs", JSON.stringify(runs));
        await followRun(run, batch);
      }
      counted(batch.length);
    }
  } catch (error) {
    tell(error.message, true);
  }
  finishWork(runs);
}

/* So many more are done with, whatever became of them. */
function counted(files) {
  working.done += files;
  working.now = 0;
  progress();
}

/* After a reload: what this page sent, and what is taken in at this moment, is followed again. */
async function findRuns() {
  if (working || finding || !mayChange()) return;
  finding = true;
  const mine = (sought ? null : noted("runs")) ?? []; // they are shown from then on
  sought = true;
  const listed = await api("GET", "/v1/ingest-runs?limit=20").catch(() => ({ items: [] }));
  const going = listed.items.filter((run) => ["queued", "running"].includes(run.state));
  const names = [...new Set([...mine, ...going.map((run) => run.run_id)])];
  const path = (name) => `/v1/ingest-runs/${encodeURIComponent(name)}`;
  const runs = await Promise.all(names.map((name) => api("GET", path(name)).catch(() => null)));
  finding = false;
  if (!working) await followAll(runs.filter(Boolean));
}

async function followAll(runs) {
  if (!runs.length) return;
  const lists = runs.map((run) => run.sources.map((source) => ({ name: lastPart(source), size: 0 })));
  const totals = runs.map((run, i) => Math.max(run.progress.total_sources, lists[i].length));
  beginWork(lists.flat(), totals.reduce((sum, each) => sum + each, 0));
  for (const [i, run] of runs.entries()) {
    await followRun(run.run_id, lists[i], totals[i], 0);
    counted(totals[i]);
  }
  finishWork(runs.map((run) => run.run_id));
}

function send(batch) {
  const form = new FormData();
  for (const file of batch) {
    form.append("files", file, file.name);
    mark(nameOf(file) || file.name, "send");
  }
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/v1/documents?wait=false");
    request.upload.onprogress = (event) => progress((batch.length * SENDING * event.loaded) / Math.max(1, event.total));
    request.onerror = () => reject(new Error(say("The connection was lost. Files that had arrived are taken in.")));
    request.onload = () => {
      const said = JSON.parse(request.responseText || "{}");
      const refused = said.refused ?? said.failed ?? [];
      for (const each of refused) fail(batch, each.source, reasonOf(each));
      if (request.status === 401) signedOut();
      if (request.status < 300) resolve(said.run_id);
      else if (refused.length) resolve("");
      else reject(new Error(said.detail ?? say("The request failed.")));
    };
    request.send(form);
  });
}

const lastPart = (source) => decoded(source.replace(/^upload:/, "").split("/").pop());

function fileOf(batch, source) {
  const name = lastPart(source);
  return batch.find((file) => file.name === name || source.endsWith(file.name));
}

/* The server explains itself in English; in another language its code is said in words. */
function reasonOf({ error, detail }) {
  return language === "en" ? (detail ?? "") : say(GIVEN.failures[error] ?? GIVEN.failures.other);
}

function fail(batch, source, detail) {
  working.failed += 1;
  const file = fileOf(batch, source);
  if (file) mark(nameOf(file) || file.name, "failed", detail);
  else one("#work .files").append(Object.assign(make("li", `${lastPart(source)}: ${detail}`)));
}

/* A run of so many files, of whose work a share was done when they were sent. */
function followRun(run, batch, files = batch.length, sent = SENDING) {
  working.run = run;
  for (const file of batch) if (!["failed", "added", "updated"].includes(working.rows.get(nameOf(file) || file.name)?.dataset.state)) mark(nameOf(file) || file.name, "read");
  return new Promise((resolve) => {
    const events = new EventSource(`/v1/ingest-runs/${encodeURIComponent(run)}/events`);
    events.addEventListener("item", (event) => itemDone(batch, JSON.parse(event.data)));
    events.addEventListener("progress", (event) => {
      const at = JSON.parse(event.data);
      working.now = at.done_sources;
      const share = at.total_bytes ? at.done_bytes / at.total_bytes : 0;
      progress(files * (sent + (1 - sent) * share));
    });
    events.addEventListener("report", (event) => {
      events.close();
      ended(batch, JSON.parse(event.data));
      resolve();
    });
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) resolve();
    };
  });
}

function itemDone(batch, item) {
  if (item.outcome === "failed") return fail(batch, item.source, reasonOf(item));
  const file = fileOf(batch, item.source);
  if (item.outcome === "warned") return undefined;
  if (!file && working.rows.size < SHOWN_FILES) one("#work .files").append(rowOf({ name: lastPart(item.source) }));
  mark(file ? nameOf(file) || file.name : lastPart(item.source), item.outcome);
  return undefined;
}

function ended(batch, run) {
  if (run.state !== "done") working.stopped = true;
  for (const file of batch) {
    const row = working.rows.get(nameOf(file) || file.name);
    if (row?.dataset.state === "read") mark(nameOf(file) || file.name, run.state === "done" ? "unchanged" : "stopped");
  }
  for (const [name, count] of Object.entries(run.counts ?? {})) working.counts[name] = (working.counts[name] ?? 0) + count;
}

function finishWork(runs) {
  const { counts, failed, stopped, total } = working;
  const box = one("#work .report");
  const parts = [
    [(counts.added ?? 0) + (counts.updated ?? 0), "{n} file added", "{n} files added"],
    [counts.unchanged ?? 0, "{n} already here", "{n} already here"],
    [counts.duplicated ?? 0, "{n} here under another name", "{n} here under another name"],
    [failed, "{n} not taken in", "{n} not taken in"],
  ].filter(([count]) => count);
  const said = parts.map(([n, single, many]) => say(n === 1 ? single : many, { n })).join(", ") || say("Nothing taken in");
  box.classList.remove("working");
  box.classList.toggle("failed", failed > 0 || stopped);
  one("h2", box).textContent = stopped ? say("Stopped: {what}", { what: said }) : said;
  one("progress", box).value = total;
  const cancel = one("button.secondary", box);
  if (failed || stopped) {
    cancel.textContent = say("Try again");
    cancel.onclick = () => retryRuns(runs);
  } else cancel.remove();
  const unsent = Number(remembered("unsent"));
  if (unsent) box.append(make("p", say(unsent === 1 ? "1 file had not been sent yet. Choose it again." : "{n} files had not been sent yet. Choose them again.", { n: unsent })));
  remember("unsent", "");
  box.append(make("button", say("Close"), { type: "button", className: "quiet", onclick: () => closeWork() }));
  working = null;
  changed();
  takeLater(box);
}

/* What was chosen meanwhile; what became of the files before stays in sight where some failed. */
function takeLater(box) {
  const next = awaiting.splice(0);
  if (!next.length) return;
  takeIn(next);
  if (box.classList.contains("failed")) one("#work").append(box);
}

function closeWork() {
  remember("runs", "");
  one("#work").replaceChildren();
}

async function cancelWork() {
  working.stopped = true;
  if (working.run) await attempt(() => api("POST", `/v1/ingest-runs/${encodeURIComponent(working.run)}/cancel`));
}

async function retryRuns(runs) {
  if (working) return;
  const begun = [];
  for (const run of runs) {
    const again = await attempt(() => api("POST", `/v1/ingest-runs/${encodeURIComponent(run)}/retry`));
    if (again) begun.push(again);
  }
  remember("runs", JSON.stringify(begun.map((run) => run.run_id)));
  followAll(begun);
}

/* Dropped folders are walked; each file keeps its path, to be told apart by it. */
async function walk(entry, path = "") {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [Object.assign(file, { path: path + file.name })];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) break;
    for (const each of some) found.push(...(await walk(each, `${path}${entry.name}/`)));
  }
  return found;
}

async function dropped(event) {
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const files = (await Promise.all(entries.map((entry) => walk(entry)))).flat();
  takeIn(files);
}
