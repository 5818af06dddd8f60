// Buttons tell which key presses them: to the eye as they are pointed at, to screen readers always.

import { firstOf } from "./key-press.js";

/** `table` as the page brings it; those of its keys that act now. */
export function keepTips(table) {
  const named = table.filter((each) => each.press && !each.act && each.shown);
  const tell = () => { for (const each of named) tip(firstOf(each.press), each); };
  tell();
  // What is drawn anew has forgotten it.
  document.addEventListener("htmx:after:swap", tell);
}

function tip(button, { shown, aria }) {
  if (!button || button.dataset.tip === shown || button.matches("input, textarea")) return;
  button.dataset.tip = shown;
  button.title = `${button.title || button.textContent.trim()} (${shown})`;
  if (aria) button.setAttribute("aria-keyshortcuts", aria);
}
