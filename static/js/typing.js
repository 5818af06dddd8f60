// The customer sees that somebody writes: told now and then while a reply is typed.

import { ask } from "./requests.js";

const EVERY = 4000;

export function keepTyping(composer, on) {
  if (!("typing" in composer.form.dataset)) return;
  let told = -Infinity;
  on(composer.text, "input", () => {
    const now = performance.now();
    if (composer.mode !== "reply" || composer.editing.message || !composer.text.value.trim() || now - told < EVERY) return;
    told = now;
    // Nobody minds when it is not told.
    ask(`/t/${composer.ticket}/typing`, { method: "POST" }).catch(() => {});
  });
}
