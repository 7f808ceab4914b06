/* Signing in with a key. It goes into a cookie that no script can read; the API knows it from there. */

let asksForKey = false;

function signedOut() {
  asksForKey = true;
  const button = one(".who");
  button.hidden = false;
  one(".who-name", button).textContent = say("Sign in");
  document.body.dataset.role = "";
  const dialog = one("#sign-in");
  if (!dialog.open && !one("dialog[open]")) dialog.showModal();
}

function signedIn({ role, name, status }) {
  if (status === 401 || !role) return;
  document.body.dataset.role = role;
  if (document.body.dataset.view === "library" && !sought) findRuns();
  const button = one(".who");
  button.hidden = !name;
  one(".who-name", button).textContent = name || say("Sign in");
  button.title = name ? say("Signed in as {name} ({role}). Press to sign out.", { name, role: say(role) }) : "";
}

async function signIn(event) {
  event.preventDefault();
  const dialog = one("#sign-in");
  const key = one("#key");
  const wrong = one(".wrong", dialog);
  wrong.textContent = "";
  try {
    await api("POST", "/v1/session", undefined, { Authorization: `Bearer ${key.value.trim()}` });
  } catch (error) {
    wrong.textContent = error.status === 401 ? say("This key is not valid.") : error.message;
    key.select();
    return;
  }
  location.reload();
}

async function who() {
  if (asksForKey || !document.body.dataset.role) return void one("#sign-in").showModal();
  const name = one(".who-name").textContent;
  const sure = await askToConfirm(say("Sign out?"), name, say("The key is forgotten by this browser."), say("Sign out"));
  if (!sure) return;
  await attempt(() => api("DELETE", "/v1/session"));
  location.replace("/");
}

function otherLanguage() {
  try {
    localStorage.setItem("attache.language", language === "fr" ? "en" : "fr");
  } catch {
    // storage is switched off
  }
  location.reload();
}
