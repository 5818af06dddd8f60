// A colleague may answer while an answer is written here. What was known when the writing began goes along with it, and
// the server holds what would come too late: nothing is sent, and the words stay.

const held = () => document.getElementById("held");
// mode → the last message that stood there when its words were begun.
const began = new Map();
let ticket = null;

export function keepCollisions() {
  document.addEventListener("input", (event) => { if (event.target.id === "composer-text") note(event.target); });
  document.addEventListener("desk:held", ({ detail }) => show(detail));
  document.addEventListener("click", (event) => { const button = event.target.closest("[data-held]"); if (button) decide(button.dataset.held); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && event.target.closest?.("#held")) { event.stopPropagation(); decide("cancel"); } });
}

/** A ticket is opened: what is left of an earlier visit goes on from what stands here now. */
export function mountCollisions() {
  const form = document.getElementById("composer");
  ticket = form?.dataset.ticket ?? null;
  began.clear();
  if (!form) return;
  for (const mode of ["reply", "note"]) if (form.dataset[`${mode}Text`]) began.set(mode, lastMessage());
  note(form.querySelector("textarea"));
}

/** What a letter of this mode has to say it knew. */
export function known(mode) {
  return began.get(mode) ?? lastMessage();
}

/** It was sent: the next one begins anew. */
export function sent(mode) {
  began.delete(mode);
  if (mode === "reply") close();
}

function note(field) {
  const mode = field.closest("form").dataset.mode;
  if (!field.value.trim()) began.delete(mode);
  else if (!began.has(mode)) began.set(mode, lastMessage());
}

function lastMessage() {
  const messages = document.querySelectorAll("#log-items li[data-message]");
  return Number(messages[messages.length - 1]?.dataset.message ?? 0);
}

function show({ html, message, then, of }) {
  const place = held();
  if (!place || of !== ticket) return;
  // The server's own template, escaped there.
  place.innerHTML = html;
  place.dataset.message = message;
  place.dataset.then = then ?? "";
  place.hidden = false;
  place.focus();
}

/** Having read the other answer, it may be sent as it is, or mended; or left for now, to be held again. */
function decide(choice) {
  const form = document.getElementById("composer");
  const { message, then } = held().dataset;
  if (choice !== "cancel") began.set("reply", Number(message));
  close();
  if (form.dataset.mode !== "reply") form.querySelector('[data-choose="reply"]').click();
  // As it was sent before: alone, or with what the ticket should become.
  if (choice === "send") document.dispatchEvent(new CustomEvent("desk:send", { detail: { then } }));
  form.querySelector("textarea").focus();
}

function close() {
  const place = held();
  if (!place) return;
  place.hidden = true;
  place.replaceChildren();
}
