// What is written down of a customer, at the desk and on their own page: edited where it stands; asked before it hurts.

import { keepDialogForm } from "./dialog-form.js";
import { ask } from "./requests.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

export function keepContact() {
  document.addEventListener("keydown", revert);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-bars]")) bar(event.target.closest("dialog"));
  });
  const dialog = document.getElementById("delete-dialog");
  if (dialog) keepDialogForm(dialog, readNumber, deleteForGood);
}

/** Esc takes back what was typed into a field that is saved when it is left; a drawer around it stays open. */
function revert(event) {
  const field = event.target.closest?.("[data-inline] :is(input, textarea)");
  if (event.key !== "Escape" || !field) return;
  event.preventDefault();
  field.value = field.defaultValue;
  field.blur();
}

function bar(dialog) {
  dialog.close();
  const { person } = document.querySelector("[data-person]").dataset;
  htmx.ajax("POST", `/customers/${person}/bar`, { values: { barred: 1 }, swap: "none" });
}

function openTicket() {
  return document.getElementById("workplace")?.dataset.ticket ?? "";
}

function readNumber(values) {
  const typed = values["delete-typed"];
  return typed.replace(/^[№#\s]+/, "") === openTicket() ? { value: typed } : { errors: { "delete-typed": word("not_the_number") } };
}

function deleteForGood(typed) {
  const ticket = openTicket();
  htmx.ajax("POST", `/t/${ticket}/delete`, { values: { typed }, target: "#ticket-header", swap: "outerMorph" });
}

/** On pages without a conversation: saved lines are told, and can be taken back. */
export function keepToasts(changed) {
  document.addEventListener("desk:toast", ({ detail }) => {
    const undo = detail.undo ? () => ask(detail.undo, { method: "POST" }).then(changed).catch((error) => toast(error.words ?? word("offline"), { danger: true })) : null;
    toast(detail.text, { undo, undoLabel: word("undo") });
  });
}
