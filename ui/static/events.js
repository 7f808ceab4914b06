/* What people do: the listeners stand on the document, so redrawn HTML needs no wiring of its own. */

const actions = {
  stop,
  "try-again": tryAgain,
  "take-back": takeBack,
  "keep-all": keepAll,
  new: () => openTalk(""),
  earlier: showEarlier,
  narrow: openNarrow,
  "clear-check": clearCheck,
  more: () => {
    shown += 50;
    drawShelf();
  },
  compare,
  language: otherLanguage,
  sidebar: toggleSidebar,
  "sign-in": who,
  "close-proof": closeProof,
  "choose-files": () => one("#files").click(),
  "choose-folder": () => one("#folder").click(),
  "page-before": () => turnPage(-1),
  "page-after": () => turnPage(1),
  "zoom-in": () => zoomBy(1.25),
  "zoom-out": () => zoomBy(0.8),
  "show-text": (button) => showText(button.getAttribute("aria-pressed") !== "true"),
  "copy-link": (button) => copied(button, location.origin + one(".place").dataset.link),
};

const clicks = [
  ["a[data-open]", (anchor, event) => follows(event, anchor)],
  ["[data-ask]", askBy],
  ["[data-edit]", editBy],
  [".turn button[data-marker]", openProof],
  ["[data-copy]", (button) => copied(button, button.dataset.copy.replaceAll("{home}", location.origin))],
  ["[data-rate]", rate],
  ["button[data-view]", (button) => goTo(button.dataset.view)],
  ["[data-narrow]", askDocument],
  ["[data-remove]", removeDocumentFromLibrary],
  ["[data-restore]", restoreVersion],
  ["[data-tab]", showTab],
  ["[data-runs-after]", (button) => drawRuns(button.dataset.runsAfter, button)],
  ["[data-cancel]", async (button) => {
    await attempt(() => api("POST", `/v1/ingest-runs/${encodeURIComponent(button.dataset.cancel)}/cancel`));
    drawRuns();
  }],
  ["[data-retry]", (button) => retryRuns([button.dataset.retry])],
  ["[data-menu]", toggleMenu],
  ["[data-rename]", renameTalk],
  ["[data-forget]", forgetTalk],
  ["[data-more]", moreTalks],
  ["[data-shut]", (button) => button.closest("dialog").close()],
  ["[data-action]", (button) => actions[button.dataset.action]?.(button)],
];

document.addEventListener("click", (event) => {
  const root = event.target === document.body || event.target === document.documentElement;
  if (root) closeProof();
  if (root) setDrawer(false);
  if (!event.target.closest?.("[data-menu]")) closeMenus();
  if (event.target.matches?.("#viewer")) event.target.close();
  for (const [selector, act] of clicks) {
    const button = event.target.closest?.(selector);
    if (button) return act(button, event);
  }
  return undefined;
});

document.addEventListener("submit", (event) => {
  if (event.target.matches(".composer")) {
    event.preventDefault();
    ask(field().value);
  } else if (event.target.matches(".check")) {
    event.preventDefault();
    checkText();
  } else if (event.target.closest("#sign-in")) signIn(event);
});

document.addEventListener("keydown", (event) => {
  walkMenu(event);
  if (event.key === "Escape") {
    hidePopover();
    closeMenus({ back: true });
    setDrawer(false, { back: true });
    if (event.target.id === "question") giveUpEdit();
    if (!one("dialog[open]") && ("sheet" in document.body.dataset || opener)) closeProof();
  }
  const inViewer = one("#viewer[open] .place[data-show=pages]") && !event.target.matches("input");
  if (inViewer && event.key === "ArrowRight") turnPage(1);
  if (inViewer && event.key === "ArrowLeft") turnPage(-1);
  if (event.key === "/" && !event.target.matches("input, textarea, select") && !one("dialog[open]")) {
    event.preventDefault();
    one({ library: "#find", check: "#claims" }[document.body.dataset.view] ?? "#question").focus();
  }
  if (event.target.id !== "question" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  ask(event.target.value);
});

const findTalks = later(listTalks);

document.addEventListener("input", (event) => {
  const { id, value } = event.target;
  if (id === "question") {
    fit();
    keep({ draft: value });
    if (value.length >= event.target.maxLength) tooLong(event.target.maxLength);
  }
  if (id === "claims") remember("claims", value);
  if (id === "as-of" || id === "as-of-time") drawChips();
  if (id === "find") findDocuments();
  if (id === "find-talk") findTalks();
});

document.addEventListener("change", (event) => {
  const { id } = event.target;
  if (/^(by-|sort$)/.test(id)) findDocuments();
  if (event.target.matches(".page-number")) drawPage(Number(event.target.value));
  if (id === "files" || id === "folder") {
    takeIn([...event.target.files]);
    event.target.value = "";
  }
});

document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("details[data-run]")) openRun(event.target);
}, true);

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

for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    document.body.toggleAttribute("data-dropping", mayChange());
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) document.body.removeAttribute("data-dropping");
});
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  document.body.removeAttribute("data-dropping");
  if (!mayChange()) return;
  goTo("library");
  dropped(event);
});

const mayChange = () => ["librarian", "administrator"].includes(document.body.dataset.role);

window.addEventListener("popstate", () => route());
window.addEventListener("offline", lineDown);
window.addEventListener("online", tryAgain);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && !one(".offline")?.hidden) tryAgain();
});

/* Gradio builds the page some time after this script was read. */

const begin = new MutationObserver(() => {
  if (!one("#page .composer")) return;
  begin.disconnect();
  translate(one("#page"));
  const tongue = one(".tongue");
  if (language === "fr") Object.assign(tongue, { textContent: "EN", title: "English", lang: "en" }).setAttribute("aria-label", "English");
  one("#as-of").max = new Date().toISOString().slice(0, 10);
  one("#viewer").addEventListener("close", viewerClosed);
  document.body.dataset.view = "";
  route();
  overview();
  listTalks();
  if (WIDE.matches && !one("dialog[open]")) field().focus({ preventScroll: true });
  setTimeout(beat, BEAT_MS);
});
begin.observe(document.documentElement, { childList: true, subtree: true });
