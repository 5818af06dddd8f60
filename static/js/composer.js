// Writing a reply or a note. The form is never redrawn; what is in it is never lost and never follows elsewhere.

import { Drafts } from "./drafts.js";
import { Editing } from "./editing.js";
import { keepFileDrop } from "./file-drop.js";
import { keepFormatting } from "./formatting.js";
import { Manner } from "./manner.js";
import { Quote, lastOfCustomer, quoteOf } from "./quoting.js";
import { send, sendAsk, sendPart } from "./send.js";
import { toast } from "./toasts.js";
import { Tray } from "./tray.js";
import { keepTyping } from "./typing.js";
import { word } from "./words.js";

// A phone's Enter is a new line: there is no other way to make one there.
const TOUCH = matchMedia("(hover: none) and (pointer: coarse)");
const COUNT_FROM = 3500;
const NEAR = 500;
const EMPTY = { mode: "reply", text: "", files: [], quote: null, manner: { buttons: [], preview: true } };
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
    this.letters = new Map();
    this.manner = new Manner(form, () => this.update());
    this.listen();
    this.choose(form.dataset.mode);
  }

  get mode() { return this.form.dataset.mode; }

  listen() {
    const { signal } = (this.leaving = new AbortController());
    const on = (target, kind, act) => target.addEventListener(kind, act, { signal });
    on(this.form, "submit", (event) => { event.preventDefault(); this.submit(); });
    on(this.text, "input", () => { if (!this.editing.message) this.drafts.change(this.mode, this.text.value); this.update(); });
    on(this.text, "keydown", (event) => this.key(event));
    on(this.form, "click", (event) => this.click(event));
    on(this.form, "keydown", (event) => { if (event.key === "Escape" && this.editing.message) { event.stopPropagation(); this.editing.end(); } });
    on(document, "click", (event) => { const button = event.target.closest("[data-reply]"); if (button) this.answer(Number(button.dataset.reply)); });
    on(document, "keydown", (event) => this.switchByKey(event));
    on(document, "desk:quote", ({ detail }) => this.answer(detail.message));
    on(document, "desk:edit", ({ detail }) => this.editing.begin(detail.message));
    on(document, "desk:part", ({ detail }) => this.sendApart(sendPart(this.form, detail, this.takeQuote())));
    on(document, "desk:buttons", ({ detail }) => this.manner.put({ ...this.manner.chosen, buttons: detail.buttons }));
    on(document, "htmx:after:request", (event) => this.takenBack(event.detail.ctx));
    on(document, "htmx:after:settle", (event) => { if (event.target.id === "composer-notice") this.update(); });
    on(window, "pagehide", () => this.drafts.flushAtEnd());
    keepFileDrop(this, on);
    keepFormatting(this, on);
    keepTyping(this, on);
  }

  /** Reply or note: each keeps its own text. */
  choose(mode) {
    this.form.dataset.mode = mode;
    for (const button of this.form.querySelectorAll(".segment")) button.setAttribute("aria-pressed", String(button.dataset.choose === mode));
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
    this.form.querySelector("#composer-hint").textContent = this.tray.busy ? word("wait_uploads") : TOUCH.matches ? "" : word(this.editing.message ? "enter_saves" : "enter_sends");
    this.form.querySelector("#composer-guard").hidden = Boolean(this.editing.message) || !(this.mode === "reply" && this.text.value.trim() && lastIsColleaguesNote());
    this.count();
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
    if (event.key === "ArrowUp" && event.ctrlKey && !this.text.value && !this.editing.message) { event.preventDefault(); this.setQuote(lastOfCustomer()); }
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    const always = event.ctrlKey || event.metaKey;
    if (!always && (event.shiftKey || event.altKey || TOUCH.matches)) return;
    event.preventDefault();
    if (!always && !this.editing.message && !this.text.value.trim() && !this.tray.ready) sendWaiting();
    else this.submit();
  }

  click(event) {
    const pressed = (selector) => event.target.closest(selector);
    const choice = pressed("[data-choose]");
    if (choice) { this.choose(choice.dataset.choose); this.text.focus(); }
    if (pressed("#make-note")) this.carry("note");
    if (pressed("#drop-quote")) { this.setQuote(null); this.text.focus(); }
    if (pressed("#stop-editing")) this.editing.end();
    if (pressed("#no-preview")) this.manner.togglePreview();
    const wanted = pressed("[data-ask]");
    if (wanted) this.askFor(wanted.dataset.ask);
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

  submit() {
    if (this.editing.message) { this.editing.save(); return; }
    const text = this.text.value;
    if (this.tray.busy) { this.say("wait_uploads"); return; }
    if (this.text.disabled || !(text.trim() || this.tray.ready)) return;
    const letter = { mode: this.mode, text, files: this.tray.take(), quote: this.takeQuote(), manner: this.takeManner() };
    this.text.value = "";
    this.fail("");
    const sending = this.drafts.sending(letter.mode, () => send(this.form, letter));
    this.chat.hold(sending.then((sent) => this.show(sent, letter)).catch((error) => this.restore(letter, error)));
    this.chat.scroll.toEnd();
    this.update();
  }

  /** Quick answers and the like belong to the next reply; a note leaves them where they are. */
  takeManner() { return this.mode === "reply" ? this.manner.take() : EMPTY.manner; }

  /** `letter` comes back when it is taken back in time. */
  show({ message, bubble }, letter = null) {
    this.letters.set(message, letter);
    this.chat.put(bubble);
    this.chat.scroll.toEnd();
    return document.getElementById(`m${message}`);
  }

  /** Something that is not written here: what is written stays as it is. */
  sendApart(sending) {
    this.chat.scroll.toEnd();
    return this.chat.hold(sending.then((sent) => this.show(sent)).catch((error) => toast(error.words ?? word("offline"), { danger: true })));
  }

  async askFor(kind) {
    const bubble = await this.sendApart(sendAsk(this.form, kind));
    const cancel = bubble?.querySelector?.('[data-decision="cancel"]');
    if (bubble instanceof Element) toast(word(`asked_${kind}`), { undo: cancel && (() => cancel.click()), undoLabel: word("undo") });
  }

  /** It was not sent: it comes back, before whatever was typed meanwhile. */
  restore(letter, error = null) {
    const here = this.mode === letter.mode && !this.editing.message;
    const held = here ? this.text.value : this.drafts.text(letter.mode);
    const text = held.trim() ? `${letter.text}\n${held}` : letter.text;
    this.drafts.change(letter.mode, text);
    if (here) this.text.value = text;
    this.tray.putBack(letter.files);
    if (letter.quote) this.setQuote(letter.quote);
    if (letter.mode === "reply") this.manner.put(letter.manner);
    this.fail(error ? error.words ?? word("not_sent") : "");
    this.update();
  }

  /** An answer that was taken back in time is here again, ready to be mended. */
  takenBack(ctx) {
    const button = ctx.sourceElement;
    if (button?.dataset?.decision !== "cancel" || ctx.response?.status !== 204) return;
    const bubble = button.closest("li[data-message]");
    const words = bubble?.querySelector(".part-words")?.innerText ?? "";
    // One of an earlier visit is known by its bubble alone; what was asked with one press is not written again.
    const letter = this.letters.has(Number(bubble?.dataset.message)) ? this.letters.get(Number(bubble.dataset.message)) : { ...EMPTY, text: words };
    if (!letter || this.editing.message || this.drafts.text("reply").trim() || this.tray.items.length) return;
    this.choose("reply");
    this.restore(letter);
    this.text.focus();
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

function lastIsColleaguesNote() {
  const bubbles = document.querySelectorAll("#log-items li[data-message]");
  return Boolean(bubbles[bubbles.length - 1]?.matches(".message-note:not(.message-mine)"));
}

/** A second Enter, with nothing written: the answer that waits to be undone leaves now. */
function sendWaiting() {
  const buttons = document.querySelectorAll('#log-items .message-mine [data-decision="now"]');
  buttons[buttons.length - 1]?.click();
}
