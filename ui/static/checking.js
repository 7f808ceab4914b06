/* A text of somebody's, checked sentence by sentence; a reload keeps what was pasted. */

let checking = ""; // the text that is being checked

function openCheck() {
  showView("check");
  const claims = one("#claims");
  if (!claims.value) claims.value = remembered("claims");
  if (one("#checked .report.failed")) checkText(); // the server was away, and answers again
  if (WIDE.matches && !one("dialog[open]")) claims.focus({ preventScroll: true });
}

async function checkText() {
  const text = one("#claims").value;
  if (!text.trim()) return one("#claims").focus();
  if (checking === text) return undefined;
  checking = text;
  const box = one("#checked");
  show(box, skeleton());
  const reply = await call("check", { text });
  if (checking !== text) return undefined;
  checking = "";
  return show(box, reply.html);
}

function clearCheck() {
  checking = "";
  remember("claims", "");
  one("#claims").value = "";
  one("#checked").replaceChildren();
  one("#claims").focus();
}
