/* What every part of the script uses: finding, saying, calling the server, telling. */

const WIDE = window.matchMedia("(min-width: 1100px)");
const HOVERS = window.matchMedia("(hover: hover)");
const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");
const FIND_MS = 220;

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const make = (tag, words, set = {}) => Object.assign(document.createElement(tag), { textContent: words }, set);

/* Language */

const language = (() => {
  const chosen = localStorage.getItem("attache.language");
  if (chosen === "en" || chosen === "fr") return chosen;
  return (navigator.languages ?? [navigator.language]).find((code) => /^(en|fr)\b/.test(code))?.slice(0, 2) ?? "en";
})();
document.documentElement.lang = language;

function say(english, values = {}) {
  const words = GIVEN.words[language]?.[english] ?? english;
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/* A part of an address as people write it; one that is none stays as it is. */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const SPOKEN = ["aria-label", "placeholder", "title", "alt"];

/* Says what stands in the page's fixed parts; nothing from outside is in them yet. */
function translate(root) {
  if (language === "en") return;
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const words = node.data.trim();
    if (words) node.data = node.data.replace(words, () => say(words));
  }
  for (const element of all("*", root)) {
    for (const name of SPOKEN) {
      if (element.hasAttribute(name)) element.setAttribute(name, say(element.getAttribute(name)));
    }
  }
  for (const button of all(".examples [data-ask]", root)) button.dataset.ask = say(button.dataset.ask);
}

/* The server */

let link = null; // how the page reaches its handlers, once Gradio has built it
const ready = new Promise((resolve) => {
  window.attache = {
    connect(element, trigger, server) {
      link = { element, trigger, server };
      resolve();
    },
    watch(element) {
      new MutationObserver(() => received(element)).observe(element, { childList: true, subtree: true, characterData: true });
    },
  };
});

async function call(name, message = {}) {
  await ready;
  // Gradio keeps a failed connection to itself: it gives nothing.
  const reply = await link.server.call({ ...message, call: name, language }).catch(() => null);
  if (reply?.status) {
    reached();
    if (reply.status === 401) signedOut();
    return reply;
  }
  const away = !(await reachable());
  if (away) offline(true);
  return { status: 0, html: away ? awayPanel() : brokenPanel() };
}

/* The API itself, for what shows nothing: the page is a client of it like any other. */
async function api(method, path, body, headers = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
    });
  } catch {
    offline(true);
    throw new Error(say("The server cannot be reached."));
  }
  reached();
  if (response.status === 401 && !path.startsWith("/v1/session")) signedOut();
  const said = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw Object.assign(new Error(said?.detail ?? say("The request failed.")), { status: response.status });
  return said;
}

function show(root, html) {
  root.innerHTML = html ?? "";
  return root;
}

/* A short word about what was done, which goes away by itself. */
function tell(words, bad = false) {
  one(".toast")?.remove();
  const toast = make("p", words, { className: bad ? "toast bad" : "toast" });
  toast.setAttribute("role", bad ? "alert" : "status");
  document.body.append(toast);
  setTimeout(() => toast.remove(), bad ? 7000 : 3200);
}

async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    tell(error.message, true);
    return undefined;
  }
}

function later(work, wait = FIND_MS) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), wait);
  };
}

async function copyText(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    // The clipboard interface exists on secure origins only; plain http on a network has this.
    const field = make("textarea", "", { value: words });
    (one("dialog[open]") ?? document.body).append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

async function copied(button, words) {
  const label = one("span", button) ?? button;
  const before = label.textContent;
  label.textContent = (await copyText(words)) ? say("Copied") : say("Copying is blocked");
  setTimeout(() => (label.textContent = before), 1800);
}

function askToConfirm(title, name, what, act) {
  const dialog = one("#confirm");
  one("h2", dialog).textContent = title;
  one(".confirm-name", dialog).textContent = name;
  one(".confirm-what", dialog).textContent = what;
  one("[value=do]", dialog).textContent = act;
  return chosen(dialog, "do");
}

/* Opens a dialog and says whether it was closed by the button of this value. */
function chosen(dialog, value) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === value);
  });
}
