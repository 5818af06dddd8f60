// Sending: a pending bubble at once, the real one when the box has it.

import { known, sent } from "./collisions.js";
import { ask } from "./requests.js";
import { word } from "./words.js";

/** Post a letter; its number, the finished bubble's HTML and the version from which the next draft goes on. `then`: what
 *  becomes of the ticket in the same breath. */
export function send(form, letter, then = "") {
  const body = new URLSearchParams({ mode: letter.mode, text: letter.text });
  for (const file of letter.files) {
    body.append("file", file.id);
    body.append("kind", file.kind);
  }
  for (const label of letter.manner.buttons) body.append("button", label);
  if (!letter.manner.preview) body.set("preview", "0");
  if (letter.quote) body.set("reply_to", letter.quote.id);
  if (then) body.set("then", then);
  return post(form.dataset.action, body, letter.mode, [letter.files.map((file) => file.name).join(", "), letter.text], true);
}

/** A place or a contact: `part` holds the fields by their names. */
export function sendPart(form, part, quote) {
  const body = new URLSearchParams({ mode: "reply", text: "", ...part });
  if (quote) body.set("reply_to", quote.id);
  return post(form.dataset.action, body, "reply", [part.title || part.name || `${part.latitude}, ${part.longitude}`]);
}

/** Ask the customer for a photo, a video, the location, the phone number. */
export function sendAsk(form, kind) {
  return post(`/t/${form.dataset.ticket}/ask`, new URLSearchParams({ kind }), "reply", [word(`asked_${kind}`)]);
}

/** `written`: in the field, where a colleague may be faster; not beside it. */
async function post(address, body, mode, lines, written = false) {
  const pending = showPending(mode, lines);
  const letter = `${address} ${body}`;
  body.set("key", keyOf(letter));
  if (written) body.set("last_seen", known(mode));
  document.dispatchEvent(new CustomEvent("desk:sending"));
  try {
    const answer = await ask(address, { method: "POST", body });
    unanswered.delete(letter);
    if (written) sent(mode);
    const told = (name) => Number(answer.headers.get(name));
    const taken = answer.headers.get("X-Taken");
    if (taken) document.dispatchEvent(new CustomEvent("desk:toast", { detail: { text: word("yours_now"), undo: taken } }));
    return { message: told("X-Message"), bubble: await answer.text(), version: told("X-Draft-Version") };
  } catch (error) {
    question(error);
    await hold(error, body.get("then"));
    throw error;
  } finally {
    pending.remove();
  }
}

/** What is asked before it can be sent; nothing went wrong. */
function question(error) {
  const address = error.response?.headers.get("X-Question");
  if (!address) return;
  error.words = "";
  document.dispatchEvent(new CustomEvent("desk:question", { detail: { address } }));
}

/** A colleague was faster: it is not told as an error, the page asks what shall become of it. */
async function hold(error, then) {
  const message = error.response?.headers.get("X-Held");
  if (!message) return;
  error.words = "";
  const html = await error.response.text();
  document.dispatchEvent(new CustomEvent("desk:held", { detail: { html, message, then, of: new URL(error.response.url).pathname.split("/")[2] } }));
}

// A letter whose answer was lost may have arrived: posted again unchanged, it carries the same key and is the same.
const unanswered = new Map();

function keyOf(letter) {
  if (!unanswered.has(letter)) {
    // crypto.randomUUID does not exist on plain HTTP.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    unanswered.set(letter, Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(""));
  }
  return unanswered.get(letter);
}

function showPending(mode, lines) {
  const item = document.createElement("li");
  item.className = `message message-out message-first pending message-${mode}`;
  // The bubble in its place is announced; both would be one too many.
  item.setAttribute("aria-live", "off");
  const bubble = item.appendChild(Object.assign(document.createElement("div"), { className: "bubble" }));
  for (const line of lines) {
    if (line) bubble.append(Object.assign(document.createElement("div"), { className: "part-words", textContent: line }));
  }
  bubble.append(Object.assign(document.createElement("div"), { className: "bubble-meta", textContent: word("sending") }));
  document.getElementById("log-items").append(item);
  return item;
}
