// Saved replies at hand: ⚡, Ctrl+/, or a / at the start of a line. Searched, seen as this customer would read them, put in.

import { insertText } from "./insert-text.js";
import { Listbox } from "./listbox.js";
import { ask, look } from "./requests.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

const PAUSE = 120;

export function keepSavedReplies(composer, on) {
  const picker = new Picker(composer, on);
  on(composer.form, "click", (event) => { if (event.target.closest("#open-replies")) picker.open(); });
  // By what is typed, not by the key: on a Russian keyboard / is Shift and another key, on a phone there is no key.
  on(composer.text, "beforeinput", (event) => {
    if (event.inputType !== "insertText" || event.data !== "/" || !atLineStart(composer.text) || composer.editing.message) return;
    event.preventDefault();
    picker.open("/");
  });
  on(document, "keydown", (event) => {
    if (!event.ctrlKey || event.shiftKey || event.altKey || event.code !== "Slash" || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    picker.open();
  });
  on(picker.search, "input", () => picker.findSoon());
  on(picker.search, "keydown", (event) => picker.key(event));
  on(picker.list, "walked", ({ detail }) => picker.show(detail));
  on(picker.list, "dblclick", () => picker.use());
  on(picker.dialog.querySelector("form"), "submit", (event) => { event.preventDefault(); picker.use(); });
  on(picker.dialog, "close", () => picker.closed());
}

class Picker {
  constructor(composer, on) {
    this.composer = composer;
    this.dialog = document.getElementById("replies-dialog");
    this.search = this.dialog.querySelector("#replies-search");
    this.list = this.dialog.querySelector("#replies-list");
    this.preview = this.dialog.querySelector("#replies-preview");
    this.box = new Listbox(this.search, this.list, (option) => this.box.mark(option), on);
  }

  /** `typed`: what brought it up and stands in the text after all if nothing is chosen. */
  open(typed = "") {
    const { text } = this.composer;
    if (text.disabled || this.composer.editing.message) return;
    this.typed = typed;
    this.place = [text.selectionStart, text.selectionEnd];
    this.search.value = "";
    this.list.replaceChildren();
    this.show(null);
    this.dialog.showModal();
    this.search.focus();
    this.find();
  }

  findSoon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.find(), PAUSE);
  }

  async find() {
    const query = this.search.value;
    const html = await look(`/t/${this.composer.ticket}/saved-replies?q=${encodeURIComponent(query)}`);
    if (html === null || query !== this.search.value) return;
    this.list.innerHTML = html;
    this.box.mark(this.box.options[0] ?? null);
  }

  key(event) {
    if (this.box.walk(event) || event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    this.use();
  }

  show(option) {
    const says = option?.querySelector("template");
    this.preview.replaceChildren(...(says ? [says.content.cloneNode(true)] : []));
    this.dialog.querySelector("#replies-use").disabled = !option;
  }

  async use() {
    const option = this.box.current;
    if (!option) return;
    try {
      const answer = await ask(`/t/${this.composer.ticket}/saved-replies/${option.dataset.reply}`, { method: "POST" });
      const { text, files } = await answer.json();
      this.typed = "";
      this.dialog.close();
      this.put(text, files);
    } catch (error) {
      toast(error.words ?? word("offline"), { danger: true });
    }
  }

  put(words, files) {
    const { composer, place: [start, end] } = this;
    insertText(composer.text, start, end, words);
    composer.tray.hold(files);
    if (!composer.gaps.chooseFrom(start)) composer.text.setSelectionRange(start + words.length, start + words.length);
  }

  /** Nothing was chosen: what was typed is only what was typed. */
  closed() {
    clearTimeout(this.waiting);
    const { text } = this.composer;
    if (!text.isConnected) return;
    if (this.typed) insertText(text, ...this.place, this.typed + this.search.value);
    else text.focus();
    this.typed = "";
  }
}

function atLineStart(field) {
  const { selectionStart, value } = field;
  return selectionStart === 0 || value[selectionStart - 1] === "\n";
}
