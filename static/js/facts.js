// What stands on a ticket, changed where it is read: Enter saves, Esc takes back what was typed, a refusal stays beside
// its field, and nothing that comes meanwhile eats what somebody is typing (a morph leaves the focused input alone).

const INPUT = ".fact-input";
const sent = new WeakMap();
let refocus = "";

export function keepFacts() {
  // Caught early: the menus' arrow keys and the card's Esc listen on the document, too.
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("change", (event) => { if (event.target.matches(INPUT)) leave(event.target); }, true);
  document.addEventListener("input", chooseSuggestion);
  document.addEventListener("focusin", (event) => { if (event.target.matches(`input${INPUT}:not([type="date"])`)) event.target.select(); });
  document.addEventListener("click", (event) => { refocus = event.target.closest("[data-refocus]")?.dataset.refocus ?? ""; });
  document.addEventListener("htmx:after:swap", settle);
  document.addEventListener("htmx:response:error", refuse);
}

function onKey(event) {
  const { target } = event;
  if (target.matches?.("#due-moment") && event.key.startsWith("Arrow")) event.stopPropagation();
  if (!target.matches?.(`input${INPUT}`) || event.isComposing) return;
  if (event.key === "Enter") save(event, target);
  else if (event.key === "Escape" && target.value !== target.defaultValue) revert(event, target);
}

/** It is on its way: its answer may change the field again. */
function leave(field) {
  sent.set(field, field.value);
  field.form.removeAttribute("hx-morph-skip");
}

function save(event, input) {
  event.preventDefault();
  if (input.value !== input.defaultValue) input.dispatchEvent(new Event("change", { bubbles: true }));
}

function revert(event, input) {
  event.preventDefault();
  event.stopPropagation();
  input.value = input.defaultValue;
  forgive(input);
}

function onSubmit(event) {
  // Fields save by themselves; without this the Enter of a phone's keyboard would load the page.
  if (event.target.matches(".fact-form")) event.preventDefault();
  const menu = event.target.matches(".menu-form") && event.target.closest("details");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

/** A suggestion that was picked from the list is meant: no Enter is needed after it. */
function chooseSuggestion({ target, inputType }) {
  if (!target.matches?.(`input${INPUT}[list]`) || inputType?.startsWith("insertText") || inputType?.startsWith("delete")) return;
  if ([...target.list.options].some((option) => option.value === target.value)) target.dispatchEvent(new Event("change", { bubbles: true }));
}

/** After each answer: what is stored is shown, unless somebody is just changing it. */
function settle({ detail: { ctx } }) {
  const card = document.getElementById("card");
  if (!card) return;
  for (const field of card.querySelectorAll(INPUT)) {
    const answered = ctx.sourceElement === field.form && sent.get(field) === field.value;
    if (answered) {
      sent.delete(field);
      forgive(field);
    }
    if (field.matches("select")) showKept(field);
    else if (answered) field.value = "clears" in field.dataset ? "" : field.defaultValue;
  }
  if (refocus && document.activeElement === document.body) document.getElementById(refocus)?.focus();
}

/** A list that somebody has chosen from shows what was chosen, whatever its page says: it is told what is stored. */
function showKept(select) {
  if (!sent.has(select) && select.value !== select.dataset.kept) select.value = select.dataset.kept;
}

function refuse({ detail: { ctx } }) {
  const input = ctx.sourceElement?.closest?.(".fact-form")?.querySelector(INPUT);
  if (input) complain(input, ctx.text);
  else if (ctx.sourceElement?.matches?.("#finish, [hx-post$='/finish']")) showMissing();
}

function complain(input, words) {
  sent.delete(input);
  const line = input.parentElement.querySelector(".field-error") ?? document.createElement("p");
  line.className = "field-error";
  line.id = `${input.id}-error`;
  line.textContent = words;
  input.after(line);
  input.setAttribute("aria-invalid", "true");
  input.setAttribute("aria-describedby", line.id);
  // What other news bring does not take the words away before they are read.
  input.form.setAttribute("hx-morph-skip", "");
  if (input.matches("select")) showKept(input);
}

function forgive(input) {
  input.form.removeAttribute("hx-morph-skip");
  input.removeAttribute("aria-invalid");
  input.removeAttribute("aria-describedby");
  document.getElementById(`${input.id}-error`)?.remove();
}

/** The ticket cannot be done yet: what is asked for first is marked, and the first of it is where one writes next. */
function showMissing() {
  const fields = [...document.querySelectorAll("#card [data-missing] .fact-input")];
  for (const field of fields) field.setAttribute("aria-invalid", "true");
  const first = fields.find((field) => field.offsetParent !== null);
  first?.scrollIntoView({ block: "center" });
  first?.focus();
}
