// Actions take effect at once and offer to take them back; a sent reply waits its few seconds.

import { now } from "./times.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

const TICK = 250;

export function keepUndo() {
  document.addEventListener("desk:toast", ({ detail }) => {
    const undo = detail.undo ? () => htmx.ajax("POST", detail.undo, { target: "#ticket-header", swap: "outerMorph" }) : null;
    toast(detail.text, { undo, undoLabel: word("undo") });
  });
  setInterval(countDown, TICK);
}

function countDown() {
  for (const line of document.querySelectorAll("[data-leaves]")) {
    const left = Math.ceil((Date.parse(line.dataset.leaves) - now()) / 1000);
    const countdown = line.querySelector(".countdown");
    if (countdown) countdown.textContent = word("leaves_in", { seconds: Math.max(0, left) });
    if (left > 0) continue;
    delete line.dataset.leaves;
    line.closest("li[data-message]")?.dispatchEvent(new CustomEvent("refresh"));
  }
}
