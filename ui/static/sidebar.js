/* The conversations beside the one that is open. */

async function listTalks() {
  const words = one("#find-talk").value;
  const reply = await call("conversations", { words });
  if (words !== one("#find-talk").value) return;
  if (reply.status === 0) return;
  show(one(".talks"), reply.status === 200 ? reply.html : "");
  markTalk();
}

async function moreTalks(button) {
  const reply = await call("conversations", { words: one("#find-talk").value, cursor: button.dataset.more });
  if (reply.status !== 200) return;
  button.closest("li").remove();
  one(".talks").insertAdjacentHTML("beforeend", reply.html);
  markTalk();
}

function markTalk() {
  for (const row of all(".talks .one")) {
    const here = row.dataset.id === conversation;
    if (here) one("a", row).setAttribute("aria-current", "true");
    else one("a", row).removeAttribute("aria-current");
    if (here) document.title = `${one("a", row).title} · Attaché`;
  }
  if (!conversation) document.title = "Attaché";
}

function toggleMenu(button) {
  const menu = button.nextElementSibling;
  const open = menu.hidden;
  closeMenus();
  menu.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  if (open) {
    one("button, a", menu).focus();
    menu.scrollIntoView({ block: "nearest" });
  }
}

/* Also after what was chosen in one. */
function closeMenus() {
  for (const menu of all(".menu:not([hidden])")) {
    menu.hidden = true;
    menu.previousElementSibling.setAttribute("aria-expanded", "false");
  }
}

async function renameTalk(button) {
  closeMenus();
  const title = one("#new-title");
  title.value = button.dataset.title;
  if (!(await chosen(one("#rename"), "ok")) || !title.value.trim()) return;
  await attempt(() => api("PATCH", button.dataset.rename, { title: title.value.trim() }));
  listTalks();
}

async function forgetTalk(button) {
  closeMenus();
  const id = button.closest(".one").dataset.id;
  const sure = await askToConfirm(
    say("Delete this conversation?"),
    button.dataset.title,
    say("It is deleted for good, with all its answers."),
    say("Delete"),
  );
  if (!sure) return;
  await attempt(async () => {
    await api("DELETE", button.dataset.forget);
    if (conversation === id) openTalk("");
  });
  listTalks();
}

function toggleSidebar(button) {
  const open = !("drawer" in document.body.dataset);
  if (WIDE.matches) document.body.toggleAttribute("data-narrow-page");
  else if (open) document.body.dataset.drawer = "";
  else delete document.body.dataset.drawer;
  button.setAttribute("aria-expanded", String(open));
}
