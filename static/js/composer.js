// Writing a reply or a note. The form is never redrawn; what is in it is never lost and never follows elsewhere.

import { guard } from "./composer-guard.js";
import { Gaps } from "./composer-gaps.js";
import { Letters, sendWaiting } from "./composer-letters.js";
import { Drafts } from "./drafts.js";
import { Editing } from "./editing.js";
import { keepFileDrop } from "./file-drop.js";
import { keepFormatting } from "./formatting.js";
import { Manner } from "./manner.js";
import { Mentions } from "./mentions.js";
import { Quote, quoteBeside, quoteOf } from "./quoting.js";
import { keepSavedReplies } from "./saved-replies.js";
import { hintOf, keepSendKey, meaningOf } from "./send-key.js";
import { Tray } from "./tray.js";
import { keepTyping } from "./typing.js";
import { word } from "./words.js";

const COUNT_FROM = 3500;
const NEAR = 500;
let composer = null;

export function mountComposer(chat) {
  composer?.leave();
  const form = document.getElementById("composer");
  composer = form ? new Composer(form, chat) : null;
}

class Composer {
  constructor(form, chat) {
    this.form = form;
    this.chat = chat;
    this.text = form.querySelector("textarea");
    this.ticket = Number(form.dataset.ticket);
    this.editing = new Editing(this);
    this.drafts = new Drafts(form, (state) => this.say(state));
    this.tray = new Tray(form, () => this.update(), (words) => this.tell(words));
    this.quote = new Quote(form);
    this.letters = new Letters(this);
    this.gaps = new Gaps(this);
    this.mentions = new Mentions(this);
    this.manner = new Manner(form, () => this.update());
    this.listen();
    this.choose(form.dataset.mode);
  }

  get mode() { return this.form.dataset.mode; }

  listen() {
    const { signal } = (this.leaving = new AbortController());
    const on = (target, kind, act) => target.addEventListener(kind, act, { signal });
    on(this.form, "submit", (event) => { event.preventDefault(); this.letters.submit(); });
    on(this.text, "input", () => { if (!this.editing.message) this.drafts.change(this.mode, this.text.value); this.update(); this.mentions.look(); });
    on(this.text, "keydown", (event) => this.key(event));
    on(this.text, "blur", () => this.mentions.hide());
    on(this.form, "click", (event) => this.click(event));
    on(this.form, "keydown", (event) => { if (event.key === "Escape" && this.editing.message) { event.stopPropagation(); this.editing.end(); } });
    on(document, "click", (event) => { const button = event.target.closest("[data-reply]"); if (button) this.answer(Number(button.dataset.reply)); });
    on(document, "keydown", (event) => this.switchByKey(event));
    on(document, "desk:quote", ({ detail }) => this.answer(detail.message));
    on(document, "desk:edit", ({ detail }) => this.editing.begin(detail.message));
    on(document, "desk:send", ({ detail }) => this.letters.submit(detail.then));
    on(document, "desk:part", ({ detail }) => this.letters.sendPart(detail));
    on(document, "desk:buttons", ({ detail }) => this.manner.put({ ...this.manner.chosen, buttons: detail.buttons }));
    on(document, "htmx:after:request", (event) => this.letters.takenBack(event.detail.ctx));
    on(document, "htmx:after:settle", (event) => { if (event.target.id === "composer-notice") this.update(); });
    on(document, "desk:signed-in", () => this.drafts.flush());
    on(window, "pagehide", () => this.drafts.flushAtEnd());
    keepFileDrop(this, on);
    keepFormatting(this, on);
    keepTyping(this, on);
    keepSavedReplies(this, on);
    keepSendKey(this, on);
  }

  /** Reply or note: each keeps its own text. */
  choose(mode) {
    this.form.dataset.mode = mode;
    for (const button of this.form.querySelectorAll(".segment")) button.setAttribute("aria-pressed", String(button.dataset.choose === mode));
    this.mentions.hide();
    this.write(this.drafts.text(mode));
    this.quote.show(mode === "reply");
  }

  /** Put words into the field, and around it what they are. */
  write(words) {
    const kind = this.editing.message ? "edit" : this.mode;
    this.text.value = words;
    this.text.placeholder = this.form.dataset[`${kind}Placeholder`];
    this.text.setAttribute("aria-label", this.text.placeholder);
    this.form.querySelector("#send span").textContent = this.form.dataset[`${kind}Send`];
    this.update();
  }

  /** What is written goes along into the other mode. */
  carry(mode) {
    const there = this.drafts.text(mode);
    const words = there.trim() ? `${there}\n${this.text.value}` : this.text.value;
    this.drafts.change(this.mode, "");
    this.drafts.change(mode, words);
    this.choose(mode);
    this.text.focus();
  }

  switchByKey(event) {
    if (!event.ctrlKey || event.code !== "Period" || this.editing.message) return;
    event.preventDefault();
    this.choose(this.mode === "reply" ? "note" : "reply");
    this.text.focus();
  }

  update() {
    if (!this.leaving) return;
    const closed = document.getElementById("composer-notice")?.dataset.closed;
    const shut = this.mode === "reply" && Boolean(closed);
    this.text.disabled = shut;
    this.form.toggleAttribute("data-shut", shut);
    this.form.querySelector("#send").disabled = shut || this.tray.busy;
    this.form.querySelector("#composer-hint").textContent = this.tray.busy ? word("wait_uploads") : this.hint();
    guard(this);
    this.gaps.draw();
    this.count();
  }

  hint() {
    const key = hintOf(this.form.dataset.sendKey, Boolean(this.editing.message));
    return key && word(key);
  }

  count() {
    const place = this.form.querySelector("#composer-count");
    const limit = Number(this.form.dataset.textLimit);
    const length = this.text.value.length;
    place.hidden = this.mode === "note" || length < Math.min(COUNT_FROM, limit - NEAR);
    const parts = Math.ceil(length / limit);
    place.textContent = parts > 1 ? word("parts", { count: parts }) : word("characters", { count: length, limit });
  }

  key(event) {
    if (this.mentions.key(event) || this.gaps.key(event) || this.arrow(event)) return;
    const meant = meaningOf(event, this.form.dataset.sendKey);
    if (!meant) return;
    event.preventDefault();
    if (!this.editing.message && !this.text.value.trim() && !this.tray.ready) sendWaiting();
    else this.letters.submit(meant === "done" ? "done" : "");
  }

  /** Ctrl+↑ quotes what the customer said last, and once more what they said before; ↑ alone may mend one's own. */
  arrow(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || event.shiftKey || event.altKey || event.metaKey || this.editing.message) return false;
    if (event.ctrlKey) {
      if (this.mode === "reply") this.setQuote(quoteBeside(this.quote.chosen, step));
    } else {
      const last = step < 0 && !this.text.value && "arrowEdits" in this.form.dataset ? lastEditable() : null;
      if (!last) return false;
      this.editing.begin(last);
    }
    event.preventDefault();
    return true;
  }

  click(event) {
    const pressed = (selector) => event.target.closest(selector);
    const choice = pressed("[data-choose]");
    if (choice) { this.choose(choice.dataset.choose); this.text.focus(); }
    if (pressed("#make-note")) this.carry("note");
    if (pressed("#drop-quote")) { this.setQuote(null); this.text.focus(); }
    if (pressed("#stop-editing")) this.editing.end();
    if (pressed("#no-preview")) this.manner.togglePreview();
    if (pressed("#mention")) this.mentions.begin();
    const then = pressed("[data-then]");
    if (then) this.letters.submit(then.dataset.then);
    const wanted = pressed("[data-ask]");
    if (wanted) this.letters.askFor(wanted.dataset.ask);
  }

  /** Quote a message and write below it. */
  answer(message) {
    if (this.editing.message) this.editing.end();
    if (this.mode !== "reply") this.choose("reply");
    this.setQuote(quoteOf(document.getElementById(`m${message}`)));
    this.text.focus();
  }

  setQuote(quote) {
    this.quote.set(quote);
    this.quote.show(this.mode === "reply");
  }

  takeQuote() {
    const quote = this.mode === "reply" ? this.quote.chosen : null;
    if (quote) this.setQuote(null);
    return quote;
  }

  fail(words) {
    const place = this.form.querySelector("#composer-error");
    place.hidden = !words;
    place.textContent = words;
  }

  say(state) { this.tell(state ? word(state) : ""); }

  tell(words) { this.form.querySelector("#composer-state").textContent = words; }

  leave() {
    this.leaving.abort();
    const { ticket } = this;
    this.drafts.flush().then(() => {
      if (this.drafts.touched) document.dispatchEvent(new CustomEvent("desk:touched", { detail: { ticket } }));
    });
  }
}

/** The newest message of one's own that may still be changed. */
function lastEditable() {
  const buttons = [...document.querySelectorAll("#log-items .message-mine [data-menu-of]")];
  const last = buttons.findLast((button) => button.dataset.may.split(" ").includes("edit"));
  return last ? Number(last.dataset.menuOf) : null;
}
