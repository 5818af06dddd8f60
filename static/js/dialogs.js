// Dialogs that ask before something is done.

export function keepDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) open(opener);
    const dialog = event.target.closest("dialog");
    const beside = event.target === dialog;
    if (dialog && (event.target.closest("[data-closes]") || (beside && !keepsText(dialog)))) dialog.close();
    const choice = event.target.closest("[data-shelve]");
    if (choice) shelve(dialog, choice.dataset.shelve);
  });
  document.addEventListener("keydown", (event) => {
    const dialog = event.target.closest?.("dialog[open]");
    if (event.key === "Escape" && dialog && keepsText(dialog)) event.preventDefault();
  });
}

/** What somebody wrote goes only when they say so: the button that says it has the focus then. */
function keepsText(dialog) {
  const kept = [...dialog.querySelectorAll("textarea")].some((field) => field.value.trim() && field.value !== field.defaultValue);
  if (kept) dialog.querySelector("[data-closes]")?.focus();
  return kept;
}

/** What stood in a menu is gone when the dialog closes: the focus then goes back to the menu's button. */
function open(opener) {
  opener.closest("details.menu")?.querySelector("summary").focus();
  document.getElementById(opener.dataset.opens)?.showModal();
}

function shelve(dialog, quiet) {
  dialog.close();
  const ticket = document.getElementById("workplace").dataset.ticket;
  htmx.ajax("POST", `/t/${ticket}/shelve`, { values: { shelf: "trash", quiet }, target: "#ticket-header", swap: "outerMorph" });
}
