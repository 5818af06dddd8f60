// Dialogs that ask before something is done.

export function keepDialogs() {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) open(opener);
    const dialog = event.target.closest("dialog");
    if (dialog && (event.target === dialog || event.target.closest("[data-closes]"))) dialog.close();
    const choice = event.target.closest("[data-shelve]");
    if (choice) shelve(dialog, choice.dataset.shelve);
  });
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
