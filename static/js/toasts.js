// Short messages at the bottom of the page: polite ones, and alerts for what went wrong.

const SECONDS = 6;
const UNDO_SECONDS = 10;

/** Show a line. `undo` is called when its button is pressed. Returns a function that takes it away. */
export function toast(text, { undo = null, undoLabel = "", danger = false } = {}) {
  const place = document.getElementById(danger ? "alerts" : "toasts");
  const line = document.createElement("div");
  line.className = danger ? "toast toast-danger" : "toast";
  line.append(Object.assign(document.createElement("span"), { textContent: text }));
  const close = () => line.remove();
  if (undo) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: undoLabel });
    button.addEventListener("click", () => { close(); undo(); });
    line.append(button);
  }
  place.append(line);
  while (place.childElementCount > 1) place.firstElementChild.remove();
  setTimeout(close, (undo ? UNDO_SECONDS : SECONDS) * 1000);
  return close;
}
