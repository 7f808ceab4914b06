/* The proof panel, and the quotation over a marker. */

let opener = null;

function cardsOf(turn) {
  const source = one(".proof-source", turn);
  return source ? [...source.content.children] : [];
}

function choose(turn, marker) {
  const cards = one(".proof-cards");
  const found = cardsOf(turn);
  cards.replaceChildren(...found.map((card) => card.cloneNode(true)));
  one(".proof").classList.toggle("filled", found.length > 0);
  one(".proof-count").textContent = found.length === 1 ? say("1 quotation") : found.length ? say("{n} quotations", { n: found.length }) : "";
  if (marker) point(one(`.card[data-marker="${CSS.escape(marker)}"]`, cards));
}

function emptyProof() {
  one(".proof-cards").replaceChildren();
  one(".proof-count").textContent = "";
  one(".proof").classList.remove("filled");
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
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  opener = null;
}

function quoted(mark) {
  const quotation = make("q", "");
  quotation.append(...mark.cloneNode(true).childNodes);
  return quotation;
}

let popover = null;
let hiding = 0;

function showPopover(marker) {
  const turn = marker.closest(".turn");
  const card = turn && cardsOf(turn).find((each) => each.dataset.marker === marker.dataset.marker);
  if (!card) return;
  clearTimeout(hiding);
  if (popover?.marker === marker) return;
  hidePopover();
  const box = make("div", "", { className: "popover", id: "popover" });
  box.setAttribute("role", "tooltip");
  const facts = all(".meta > span", card).map((each) => each.textContent).join(" · ");
  const proof = marker.closest(".sentence")?.dataset.proof ?? "";
  box.append(
    quoted(one("mark", card)),
    make("strong", one("h3", card).textContent),
    make("span", [facts, proof].filter(Boolean).join(" · ")),
  );
  one("#page").append(box);
  marker.setAttribute("aria-describedby", "popover");
  popover = { box, marker };
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
