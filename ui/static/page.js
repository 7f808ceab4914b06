/* The page's behaviour. It listens on the document, so redrawn HTML needs no wiring of its own. */
(() => {
  "use strict";

  const REPLY_MS = 12000; // after this long without a sign the question is given back
  const FIND_MS = 220;
  const WIDE = window.matchMedia("(min-width: 1100px)");
  const HOVERS = window.matchMedia("(hover: hover)");
  const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");

  const triggers = new Map();
  const one = (selector, root = document) => root.querySelector(selector);

  window.attache = {
    connect(element, trigger) {
      triggers.set(element.closest(".block.part").id, trigger);
    },
  };

  function raise(part, event, data = {}) {
    const trigger = triggers.get(part);
    if (trigger) trigger(event, data);
  }

  /* Asking */

  let waiting = null; // the question sent, until the page shows that it arrived

  const running = () => waiting !== null || one("[data-running]") !== null;

  function ask(question) {
    const words = question.trim();
    if (!words || running()) return;
    const field = one("#question");
    waiting = { words, timer: setTimeout(giveBack, REPLY_MS) };
    document.body.dataset.asking = "";
    following = true;
    field.value = "";
    fit(field);
    if (!HOVERS.matches) field.blur(); // puts the on-screen keyboard away
    showView("ask");
    raise("composer", "submit", { question: words, as_of: one("#as-of").value });
  }

  function arrived() {
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting = null;
    delete document.body.dataset.asking;
  }

  function giveBack() {
    const field = one("#question");
    if (waiting && !field.value) field.value = waiting.words;
    arrived();
    fit(field);
  }

  function fit(field) {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 200)}px`;
  }

  /* Proof */

  let opener = null;

  function choose(turn, marker) {
    const source = one(".proof-source", turn);
    const cards = one(".proof-cards");
    if (!source || !cards) return;
    cards.replaceChildren(...[...source.children].map((card) => card.cloneNode(true)));
    const count = cards.childElementCount;
    one(".proof").classList.toggle("filled", count > 0);
    one(".proof-count").textContent = count === 1 ? "1 quotation" : count ? `${count} quotations` : "";
    if (marker) point(one(`.card[data-marker="${CSS.escape(marker)}"]`, cards));
  }

  function point(card) {
    if (!card) return;
    card.classList.add("current");
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest", behavior: CALM.matches ? "auto" : "smooth" });
  }

  function openProof(button) {
    opener = button;
    hidePopover();
    if (!WIDE.matches) document.body.dataset.sheet = "";
    choose(button.closest(".turn"), button.dataset.marker);
  }

  function closeProof() {
    delete document.body.dataset.sheet;
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  }

  /* Popover over a marker */

  let popover = null;
  let hiding = 0;

  function showPopover(marker) {
    const turn = marker.closest(".turn");
    const card = turn && one(`.proof-source [data-marker="${CSS.escape(marker.dataset.marker)}"]`, turn);
    if (!card) return;
    clearTimeout(hiding);
    if (popover && popover.marker === marker) return;
    hidePopover();
    const box = document.createElement("div");
    box.className = "popover";
    box.id = "popover";
    box.setAttribute("role", "tooltip");
    box.append(
      piece("q", one("mark", card).textContent),
      piece("strong", one("h3", card).textContent),
      piece("span", [facts(card), proofOf(marker)].filter(Boolean).join(" · ")),
    );
    document.body.append(box);
    marker.setAttribute("aria-describedby", "popover");
    popover = { box, marker };
    place(box, marker);
  }

  const piece = (tag, words) => Object.assign(document.createElement(tag), { textContent: words });
  const facts = (card) => [...card.querySelectorAll(".meta > span")].map((s) => s.textContent).join(" · ");
  const proofOf = (marker) => marker.closest(".sentence")?.dataset.proof ?? "";

  function place(box, marker) {
    const at = marker.getBoundingClientRect();
    const size = box.getBoundingClientRect();
    const left = Math.min(Math.max(12, at.left + at.width / 2 - size.width / 2), innerWidth - size.width - 12);
    const above = at.top - size.height - 10;
    box.style.left = `${left}px`;
    box.style.top = `${above > 76 ? above : at.bottom + 10}px`;
  }

  function hidePopover() {
    clearTimeout(hiding);
    if (!popover) return;
    popover.marker.removeAttribute("aria-describedby");
    popover.box.remove();
    popover = null;
  }

  function hideSoon() {
    clearTimeout(hiding);
    hiding = setTimeout(hidePopover, 140);
  }

  /* Views */

  const places = new Map(); // how far each view was scrolled when it was left

  function showView(name) {
    const left = document.body.dataset.view;
    if (left !== name) {
      places.set(left, window.scrollY);
      requestAnimationFrame(() => window.scrollTo(0, places.get(name) ?? 0));
    }
    document.body.dataset.view = name;
    for (const tab of document.querySelectorAll("[data-view]")) {
      if (tab === document.body) continue;
      if (tab.dataset.view === name) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
    const hash = name === "ask" ? "" : `#${name}`;
    if (location.hash !== hash) history.replaceState(null, "", location.pathname + location.search + hash);
    hidePopover();
    delete document.body.dataset.sheet;
  }

  /* Library */

  let finding = 0;

  function find(words) {
    clearTimeout(finding);
    finding = setTimeout(() => raise("finder", "input", { words }), FIND_MS);
  }

  function confirmRemoval(button) {
    const dialog = one("dialog.confirm");
    one(".confirm-name", dialog).textContent = button.dataset.title;
    dialog.returnValue = "keep";
    dialog.onclose = () => {
      if (dialog.returnValue !== "remove") return;
      raise("shelf", "delete", { document_id: button.dataset.remove, title: button.dataset.title });
    };
    dialog.showModal();
  }

  async function copy(button) {
    const words = button.dataset.copy;
    const label = one("span", button);
    try {
      await navigator.clipboard.writeText(words);
      label.textContent = "Copied";
    } catch {
      label.textContent = copyByHand(words) ? "Copied" : "Copying is blocked";
    }
    setTimeout(() => (label.textContent = "Copy"), 1800);
  }

  function copyByHand(words) {
    // The clipboard interface exists on secure origins only; plain http on a network has this.
    const field = Object.assign(document.createElement("textarea"), { value: words });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }

  /* Events */

  const actions = {
    stop: () => raise("composer", "stop"),
    more: () => raise("shelf", "select"),
    "cancel-run": (button) => {
      button.disabled = true;
      raise("report", "stop", { run_id: button.dataset.run });
    },
    "retry-runs": (button) => {
      button.disabled = true;
      raise("report", "submit", { run_ids: button.dataset.runs });
    },
    "close-proof": closeProof,
    new: () => {
      arrived();
      raise("composer", "clear");
      one(".proof-cards").replaceChildren();
      one(".proof").classList.remove("filled");
      one("#question").focus();
    },
  };

  const clicks = [
    ["[data-ask]", (button) => ask(button.dataset.ask)],
    [".turn button[data-marker]", openProof],
    ["[data-copy]", copy],
    ["button[data-view]", (button) => showView(button.dataset.view)],
    ["[data-remove]", confirmRemoval],
    ["[data-action]", (button) => actions[button.dataset.action]?.(button)],
  ];

  document.addEventListener("click", (event) => {
    if (event.target === document.body || event.target === document.documentElement) closeProof();
    for (const [selector, act] of clicks) {
      const button = event.target.closest?.(selector);
      if (button) return act(button);
    }
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".composer")) return;
    event.preventDefault();
    ask(one("#question").value);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      hidePopover();
      if ("sheet" in document.body.dataset || opener) closeProof();
    }
    if (event.target.id !== "question" || event.key !== "Enter") return;
    if (event.shiftKey || event.isComposing) return;
    event.preventDefault();
    ask(event.target.value);
  });

  document.addEventListener("input", (event) => {
    if (event.target.id === "question") fit(event.target);
    if (event.target.id === "as-of") {
      event.target.closest(".as-of").classList.toggle("dated", Boolean(event.target.value));
    }
    if (event.target.id === "find") find(event.target.value);
  });

  document.addEventListener("pointerover", (event) => {
    const marker = event.target.closest?.("button.marker");
    if (marker && HOVERS.matches) showPopover(marker);
    else if (event.target.closest?.(".popover")) clearTimeout(hiding);
    else if (popover) hideSoon();
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.("button.marker:focus-visible")) showPopover(event.target);
    else if (popover) hideSoon();
  });
  document.addEventListener("scroll", hidePopover, { passive: true });
  for (const gesture of ["wheel", "touchmove"]) {
    document.addEventListener(gesture, () => (following = false), { passive: true });
  }

  /* What is redrawn from the server */

  let newest = null;
  let following = false; // from asking until the answer is whole, or its reader scrolls

  function redrawn() {
    const turns = document.querySelectorAll("#conversation .turn");
    const last = turns[turns.length - 1] ?? null;
    const live = one("#live .turn");
    if (live) arrived();
    if (last && last.dataset.turn !== newest) {
      arrived();
      choose(last, null);
    }
    newest = last ? last.dataset.turn : null;
    document.body.toggleAttribute("data-talking", Boolean(last || live));
    if (following && (live || last)) follow(live || last);
    if (!live && waiting === null) following = false;
  }

  /* Keeps the end of the answer in sight, but never pushes its question out of it. */
  function follow(turn) {
    const bar = one(".masthead").offsetHeight;
    const top = turn.getBoundingClientRect().top + window.scrollY - bar - 8;
    const end = document.documentElement.scrollHeight - window.innerHeight;
    window.scrollTo({ top: Math.min(top, end) });
  }

  function start() {
    const parts = ["conversation", "live", "masthead"].map((id) => document.getElementById(id));
    if (parts.some((part) => !part)) return false;
    const redraw = new MutationObserver(redrawn);
    for (const part of parts.slice(0, 2)) {
      part.setAttribute("aria-live", "polite"); // a running turn is aria-busy: read once whole
      redraw.observe(part, { childList: true, subtree: true });
    }
    // A redrawn masthead comes from the server, which does not know which view is open.
    const reopen = new MutationObserver(() => showView(document.body.dataset.view));
    reopen.observe(parts[2], { childList: true, subtree: true, characterData: true });
    showView(location.hash === "#library" ? "library" : "ask");
    one("#as-of").max = new Date().toISOString().slice(0, 10);
    if (WIDE.matches) one("#question").focus({ preventScroll: true });
    return true;
  }

  document.documentElement.lang = "en";
  const begin = new MutationObserver(() => {
    if (start()) begin.disconnect();
  });
  begin.observe(document.documentElement, { childList: true, subtree: true });
})();
