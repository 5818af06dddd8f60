// Actions take effect at once and offer to take them back; a sent reply waits its few seconds.

import { toast } from "./toasts.js";
import { word } from "./words.js";

const TICK = 250;
const deadlines = new WeakMap();

export function keepUndo() {
  document.addEventListener("desk:toast", ({ detail }) => {
    const undo = detail.undo ? () => htmx.ajax("POST", detail.undo, { target: "#ticket-header", swap: "outerMorph" }) : null;
    toast(detail.text, { undo, undoLabel: word("undo") });
  });
  setInterval(countDown, TICK);
}

function countDown() {
  for (const line of document.querySelectorAll("[data-leaves-in]")) {
    const left = secondsLeft(line);
    const countdown = line.querySelector(".countdown");
    if (countdown) {
      countdown.textContent = word("leaves_in", { seconds: Math.max(0, Math.ceil(left)) });
      // The ring beside it, of which so much is left.
      countdown.style.setProperty("--left", Math.max(0, left / Number(line.dataset.leavesIn)));
    }
    if (left > 0) continue;
    delete line.dataset.leavesIn;
    line.closest("li[data-message]")?.dispatchEvent(new CustomEvent("refresh"));
  }
}

/** Counted from when the words arrived here: the two clocks need not agree. */
function secondsLeft(line) {
  let known = deadlines.get(line);
  if (known?.told !== line.dataset.leavesIn) {
    known = { told: line.dataset.leavesIn, ends: performance.now() + Number(line.dataset.leavesIn) * 1000 };
    deadlines.set(line, known);
  }
  return (known.ends - performance.now()) / 1000;
}
