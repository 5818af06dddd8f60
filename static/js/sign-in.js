// The session has ended: sign in over the page, so that nothing on it is lost.

import { toast } from "./toasts.js";
import { word } from "./words.js";

let open = null;

/** Show the sign-in form of `address` in a dialog; asked again while it is open, nothing happens. */
export async function askToSignIn(address) {
  if (open) return;
  open = document.createElement("dialog");
  open.className = "dialog sign-in-dialog";
  document.body.append(open);
  open.addEventListener("cancel", (event) => event.preventDefault());
  try {
    const form = await loadForm(address);
    open.append(form);
    form.addEventListener("submit", (event) => { event.preventDefault(); submit(form); });
    open.showModal();
  } catch {
    close();
    location.assign(address);
  }
}

async function loadForm(address) {
  const page = await readPage(await fetch(address, { credentials: "same-origin" }));
  const form = page.querySelector("form:has(input[type=password])");
  form.action = new URL(form.getAttribute("action") || address, location.href).pathname;
  const heading = page.querySelector("h1");
  if (heading) form.prepend(Object.assign(document.createElement("h2"), { textContent: heading.textContent }));
  return form;
}

async function submit(form) {
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin" });
  const page = await readPage(answer);
  if (page.querySelector("input[type=password]") || !answer.ok) {
    const token = page.querySelector('input[name="csrf_token"]');
    const own = form.querySelector('input[name="csrf_token"]');
    if (token && own) own.value = token.value;
    toast(page.querySelector(".notice-danger, [role=alert]")?.textContent.trim() || word("sign_in_failed"), { danger: true });
    return;
  }
  const inbox = await readPage(await fetch("/inbox", { credentials: "same-origin" }));
  if (inbox.body.dataset.agent !== document.body.dataset.agent) { showAsOther(); return; }
  renewToken(inbox);
  close();
  toast(word("signed_in"));
  document.dispatchEvent(new CustomEvent("desk:signed-in"));
  document.dispatchEvent(new CustomEvent("live:reset"));
}

/** Somebody else has signed in: nothing of this page is theirs, and what was written here waits for who wrote it. */
function showAsOther() {
  document.body.dataset.left = "";
  location.reload();
}

function renewToken(page) {
  const fresh = page.querySelector('meta[name="csrf-token"]');
  if (fresh) document.querySelector('meta[name="csrf-token"]').content = fresh.content;
}

async function readPage(answer) {
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function close() {
  open?.close();
  open?.remove();
  open = null;
}
