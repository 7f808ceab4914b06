/* The viewer: a page of the source with the quotation marked, or its text. */

const WIDEST = 2400; // pixels of a page image
let zoom = 1;

async function openPlace(place) {
  const dialog = one("#viewer");
  const box = one(".viewer");
  show(box, skeleton());
  if (!dialog.open) dialog.showModal();
  const wanted = location.search;
  const reply = await call("place", place);
  if (location.search !== wanted) return;
  show(box, reply.html);
  zoom = 1;
  const shown = one(".place", box);
  if (!shown) return;
  if (shown.dataset.show === "pages") drawPage(Number(shown.dataset.page));
  else toMark();
}

function closeViewer() {
  const dialog = one("#viewer");
  if (dialog.open) dialog.close();
}

/* Closing it goes back to what was open before. */
function viewerClosed() {
  one(".viewer").replaceChildren();
  if (!new URLSearchParams(location.search).get("v")) return;
  const view = document.body.dataset.view;
  if (view === "library" || view === "check") address({ view });
  else if (view === "document") address({ d: one(".paper")?.dataset.document });
  else address({ c: conversation });
}

function toMark() {
  const mark = one(".place mark");
  if (mark) mark.scrollIntoView({ block: "center" });
}

function drawPage(number) {
  const place = one(".place");
  const pages = Number(place.dataset.pages);
  const page = Math.min(Math.max(1, Math.round(number) || 1), pages);
  const sheet = one(".sheet", place);
  const image = one("img", sheet);
  place.dataset.page = page;
  one(".page-number", place).value = page;
  one("[data-action=page-before]", place).disabled = page === 1;
  one("[data-action=page-after]", place).disabled = page === pages;
  for (const box of all(".box", sheet)) box.hidden = Number(box.dataset.page) !== page;
  const across = Math.min(WIDEST, Math.round((Math.min(900, innerWidth) * zoom * (devicePixelRatio || 1)) / 100) * 100);
  sheet.classList.add("loading");
  sheet.style.setProperty("--zoom", zoom);
  image.alt = say("Page {n}", { n: page });
  image.onload = () => pageDrawn(place, sheet);
  image.onerror = () => pageFailed(place, sheet);
  image.src = `${place.dataset.base}/pages/${page}.png?width=${Math.max(200, across)}`;
}

function pageDrawn(place, sheet) {
  sheet.classList.remove("loading");
  one(".sheet-failed", place).hidden = true;
  const box = one(".box:not([hidden])", sheet);
  if (box) box.scrollIntoView({ block: "center", inline: "center" });
  else one(".surface", place).scrollTo(0, 0);
}

function pageFailed(place, sheet) {
  sheet.classList.remove("loading");
  one(".sheet-failed", place).hidden = false;
  showText(true);
}

function turnPage(by) {
  drawPage(Number(one(".place").dataset.page) + by);
}

function zoomBy(factor) {
  zoom = Math.min(3, Math.max(0.5, zoom * factor));
  drawPage(Number(one(".place").dataset.page));
}

function showText(text) {
  const place = one(".place");
  place.dataset.show = text ? "text" : "pages";
  one("[data-action=show-text]", place)?.setAttribute("aria-pressed", String(text));
  if (text) toMark();
}
