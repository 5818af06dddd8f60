// Which key sends: asked once, when somebody first begins to write. A phone's Enter is a new line: there is no other.

import { ask } from "./requests.js";

const TOUCH = matchMedia("(hover: none) and (pointer: coarse)");

export function keepSendKey(composer, on) {
  const question = composer.form.querySelector("#send-key");
  if (!question) return;
  on(composer.text, "focus", () => { question.hidden = TOUCH.matches || Boolean(composer.form.dataset.sendKey); });
  on(question, "click", (event) => {
    const chosen = event.target.closest("[data-send-key]")?.dataset.sendKey;
    if (!chosen) return;
    composer.form.dataset.sendKey = chosen;
    question.hidden = true;
    composer.update();
    composer.text.focus();
    // Not kept now: it is asked again next time.
    ask("/me/send-key", { method: "POST", body: new URLSearchParams({ send_key: chosen }) }).catch(() => {});
  });
}

/** What a press of Enter means here: "", "send" or "done" (send, and the ticket is done). */
export function meaningOf(event, chosen) {
  // 229: an input method is at work.
  if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return "";
  if (event.ctrlKey || event.metaKey) return event.shiftKey ? "done" : "send";
  return event.shiftKey || event.altKey || TOUCH.matches || chosen === "ctrl_enter" ? "" : "send";
}

/** A key of the words table: what the field says of its keys; "" on a phone. */
export function hintOf(chosen, editing) {
  if (TOUCH.matches) return "";
  if (chosen === "ctrl_enter") return editing ? "ctrl_enter_saves" : "ctrl_enter_sends";
  return editing ? "enter_saves" : "enter_sends";
}
