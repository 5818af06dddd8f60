// Marks around the chosen words: **bold**, __italic__, `code`, [words](https://…). What is sent says them as formatting.

import { insertText } from "./insert-text.js";

const MARKS = { bold: "**", italic: "__", code: "`" };
const ADDRESS = "https://";
// By place on the keyboard: on a Cyrillic layout these keys carry other letters. Ctrl+K is the palette's.
const KEYS = { KeyB: "bold", KeyI: "italic" };

export function keepFormatting(composer, on) {
  const { form, text } = composer;
  const row = form.querySelector("#format-row");
  if (!row) return;
  const shower = form.querySelector("#show-format");
  on(shower, "click", () => {
    const open = form.toggleAttribute("data-formatting");
    shower.setAttribute("aria-expanded", String(open));
    text.focus();
  });
  // The field keeps its selection: a press on a button must not take it.
  on(row, "pointerdown", (event) => { if (event.target.closest("[data-mark]")) event.preventDefault(); });
  on(row, "click", (event) => {
    const button = event.target.closest("[data-mark]");
    if (button) mark(text, button.dataset.mark);
  });
  on(text, "keydown", (event) => {
    const chosen = keyOf(event);
    if (!chosen || composer.mode === "note") return;
    event.preventDefault();
    mark(text, chosen);
  });
}

function keyOf(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  if (event.shiftKey) return event.code === "KeyK" ? "link" : null;
  return KEYS[event.code] ?? null;
}

function mark(text, kind) {
  text.focus();
  if (kind === "link") link(text);
  else wrap(text, MARKS[kind]);
}

/** Around the selection; a second time takes the marks away again. */
function wrap(text, sign) {
  const { selectionStart: start, selectionEnd: end, value } = text;
  const inner = value.slice(start, end);
  const marked = value.slice(start - sign.length, start) === sign && value.slice(end, end + sign.length) === sign;
  if (marked && start >= sign.length) {
    insertText(text, start - sign.length, end + sign.length, inner);
    text.setSelectionRange(start - sign.length, end - sign.length);
    return;
  }
  insertText(text, start, end, `${sign}${inner}${sign}`);
  text.setSelectionRange(start + sign.length, end + sign.length);
}

/** An address that is chosen becomes the target, words become the words; what is missing is selected to be typed. */
function link(text) {
  const { selectionStart: start, selectionEnd: end, value } = text;
  const inner = value.slice(start, end);
  const isAddress = /^https?:\/\/\S+$/.test(inner);
  const [words, address] = isAddress ? ["", inner] : [inner, ADDRESS];
  insertText(text, start, end, `[${words}](${address})`);
  const target = start + words.length + 3;
  if (words) text.setSelectionRange(target, target + address.length);
  else text.setSelectionRange(start + 1, start + 1);
}
