// Sending: a pending bubble at once, the real one when the box has it.

import { ask } from "./requests.js";
import { word } from "./words.js";

/** Post a letter; the finished bubble's HTML and the version from which the next draft goes on. */
export async function send(form, { mode, text, files, quote }) {
  const pending = showPending(mode, text, files);
  const body = new URLSearchParams({ mode, text });
  for (const file of files) {
    body.append("file", file.id);
    body.append("kind", file.kind);
  }
  if (quote) body.set("reply_to", quote.id);
  body.set("key", keyOf(`${form.dataset.action} ${body}`));
  try {
    const answer = await ask(form.dataset.action, { method: "POST", body });
    unanswered = null;
    return { bubble: await answer.text(), version: Number(answer.headers.get("X-Draft-Version")) };
  } finally {
    pending.remove();
  }
}

// A letter whose answer was lost may have arrived: posted again unchanged, it carries the same key and is the same.
let unanswered = null;

function keyOf(letter) {
  if (unanswered?.letter !== letter) {
    // crypto.randomUUID does not exist on plain HTTP.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    unanswered = { letter, key: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("") };
  }
  return unanswered.key;
}

function showPending(mode, text, files) {
  const item = document.createElement("li");
  item.className = `message message-out message-first pending message-${mode}`;
  const bubble = item.appendChild(Object.assign(document.createElement("div"), { className: "bubble" }));
  const names = files.map((file) => file.name).join(", ");
  for (const line of [names, text]) {
    if (line) bubble.append(Object.assign(document.createElement("div"), { className: "part-words", textContent: line }));
  }
  bubble.append(Object.assign(document.createElement("div"), { className: "bubble-meta", textContent: word("sending") }));
  document.getElementById("log-items").append(item);
  return item;
}
