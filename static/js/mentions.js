// Naming a colleague in a note: @ and the beginning of a name, or the @ button, for keyboards without one.

import { insertText } from "./insert-text.js";
import { Listbox } from "./listbox.js";
import { word } from "./words.js";

// The Russian layout has " where the English one has @: there it is offered, and nothing is chosen by itself.
const BEGUN = /(?:^|[^\p{L}\p{N}_])(?<sign>[@"])(?<begun>[\p{L}\p{N}_.+-]*(?: [\p{L}\p{N}_.+-]*)?)$/u;
const MOST = 6;

export class Mentions {
  constructor(composer) {
    this.composer = composer;
    this.text = composer.text;
    this.staff = JSON.parse(composer.form.dataset.staff || "[]");
    this.list = composer.form.querySelector("#mention-list");
    this.box = new Listbox(this.text, this.list, (option) => this.choose(option));
    this.hide();
  }

  get open() { return !this.list.hidden; }

  /** Look at what stands before the caret. */
  look() {
    const found = this.composer.mode === "note" && !this.composer.editing.message ? this.begun() : null;
    const names = found ? this.staff.filter((each) => begins(each, found.begun)).slice(0, MOST) : [];
    if (!names.length || (found.sign === '"' && !found.begun)) { this.hide(); return; }
    this.found = found;
    this.list.replaceChildren(...names.map(option));
    this.list.hidden = false;
    this.text.setAttribute("aria-controls", this.list.id);
    this.box.mark(found.sign === "@" ? this.box.options[0] : null);
    this.composer.tell(word("mention_offer", { count: names.length }));
  }

  begun() {
    const { selectionStart: caret, selectionEnd, value } = this.text;
    const found = caret === selectionEnd ? BEGUN.exec(value.slice(0, caret)) : null;
    return found && { sign: found.groups.sign, begun: plain(found.groups.begun), start: caret - found.groups.begun.length - 1, end: caret };
  }

  /** Whether the key was meant for the list. */
  key(event) {
    if (!this.open || event.isComposing) return false;
    if (this.box.walk(event)) return true;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.hide();
      return true;
    }
    const chosen = this.box.current;
    if (!chosen || event.shiftKey || event.ctrlKey || !["Enter", "Tab"].includes(event.key)) return false;
    event.preventDefault();
    this.choose(chosen);
    return true;
  }

  choose(chosen) {
    const { start, end } = this.found;
    this.hide();
    insertText(this.text, start, end, `@${chosen.dataset.name} `);
    this.hide();
  }

  /** The button: an @ at the caret, and the list. */
  begin() {
    const { selectionStart: start, selectionEnd: end, value } = this.text;
    const apart = start > 0 && /[\p{L}\p{N}_]/u.test(value[start - 1]) ? " @" : "@";
    insertText(this.text, start, end, apart);
    this.look();
  }

  hide() {
    this.list.hidden = true;
    this.list.replaceChildren();
    this.text.removeAttribute("aria-activedescendant");
    this.text.removeAttribute("aria-controls");
  }

  /** The first colleague a text names; what goes to the customer should name none. */
  named(text) {
    const small = plain(text);
    return this.staff.find((each) => each.keys.some((key) => holds(small, `@${key}`))) ?? null;
  }
}

function option(each) {
  const made = Object.assign(document.createElement("li"), { id: `mention-${each.id}`, className: "mention-option", textContent: each.name });
  made.setAttribute("role", "option");
  made.dataset.name = each.name;
  return made;
}

function begins(each, begun) {
  return each.keys.some((key) => key.startsWith(begun)) || plain(each.name).split(" ").some((name) => name.startsWith(begun));
}

function holds(text, name) {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const alone = (letter) => !letter || !/[\p{L}\p{N}_]/u.test(letter);
    if (alone(text[at - 1]) && alone(text[at + name.length])) return true;
  }
  return false;
}

function plain(text) { return text.toLowerCase().replaceAll("ё", "е"); }
