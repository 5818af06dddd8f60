// Writing a reply or a note. The form is never redrawn; what is in it is never lost and never follows elsewhere.

import { Drafts } from "./drafts.js";
import { send } from "./send.js";
import { Tray } from "./tray.js";
import { word } from "./words.js";

// A phone's Enter is a new line: there is no other way to make one there.
const TOUCH = matchMedia("(hover: none) and (pointer: coarse)");
const COUNT_FROM = 3500;
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
    this.drafts = new Drafts(form, (state) => this.say(state));
    this.tray = new Tray(form, () => this.update());
    this.quote = null;
    this.listen();
    this.choose(form.dataset.mode);
  }

  get mode() { return this.form.dataset.mode; }

  listen() {
    const { signal } = (this.leaving = new AbortController());
    const on = (target, kind, act) => target.addEventListener(kind, act, { signal });
    on(this.form, "submit", (event) => { event.preventDefault(); this.submit(); });
    on(this.text, "input", () => { this.drafts.change(this.mode, this.text.value); this.update(); });
    on(this.text, "keydown", (event) => this.key(event));
    on(this.text, "paste", (event) => this.paste(event));
    on(this.form, "click", (event) => this.click(event));
    on(document, "click", (event) => this.clickOutside(event));
    on(document, "keydown", (event) => { if (event.ctrlKey && event.code === "Period") { event.preventDefault(); this.choose(this.mode === "reply" ? "note" : "reply"); this.text.focus(); } });
    on(document, "htmx:after:request", (event) => this.takenBack(event.detail.ctx));
    on(document, "htmx:after:settle", (event) => { if (event.target.id === "composer-notice") this.update(); });
    on(window, "pagehide", () => this.drafts.flushAtEnd());
    this.listenToDrop(on);
  }

  listenToDrop(on) {
    const chat = this.form.closest(".chat");
    const zone = this.form.querySelector("#drop-zone");
    const carriesFiles = (event) => [...event.dataTransfer.types].includes("Files");
    on(chat, "dragover", (event) => { if (carriesFiles(event)) { event.preventDefault(); zone.hidden = false; } });
    on(chat, "dragleave", (event) => { if (!chat.contains(event.relatedTarget)) zone.hidden = true; });
    on(chat, "drop", (event) => {
      zone.hidden = true;
      if (!carriesFiles(event)) return;
      event.preventDefault();
      this.tray.add([...event.dataTransfer.files]);
    });
  }

  /** Reply or note: each keeps its own text. */
  choose(mode) {
    this.form.dataset.mode = mode;
    this.text.value = this.drafts.text(mode);
    this.text.placeholder = this.form.dataset[`${mode}Placeholder`];
    this.text.setAttribute("aria-label", this.text.placeholder);
    for (const button of this.form.querySelectorAll(".segment")) button.setAttribute("aria-pressed", String(button.dataset.choose === mode));
    this.form.querySelector("#send span").textContent = this.form.dataset[`${mode}Send`];
    this.setQuote(mode === "note" ? null : this.quote);
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

  update() {
    const closed = document.getElementById("composer-notice")?.dataset.closed;
    const shut = this.mode === "reply" && Boolean(closed);
    this.text.disabled = shut;
    this.form.querySelector("#send").disabled = shut || this.tray.busy;
    this.form.querySelector("#composer-hint").textContent = this.tray.busy ? word("wait_uploads") : TOUCH.matches ? "" : word("enter_sends");
    this.form.querySelector("#composer-guard").hidden = !(this.mode === "reply" && this.text.value.trim() && lastIsColleaguesNote());
    this.count();
  }

  count() {
    const place = this.form.querySelector("#composer-count");
    const limit = Number(this.form.dataset.textLimit);
    const length = this.text.value.length;
    place.hidden = this.mode === "note" || length < Math.min(COUNT_FROM, limit - 500);
    const parts = Math.ceil(length / limit);
    place.textContent = parts > 1 ? word("parts", { count: parts }) : word("characters", { count: length, limit });
  }

  key(event) {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    const always = event.ctrlKey || event.metaKey;
    if (!always && (event.shiftKey || event.altKey || TOUCH.matches)) return;
    event.preventDefault();
    if (!always && !this.text.value.trim() && !this.tray.ready) sendWaiting();
    else this.submit();
  }

  paste(event) {
    const files = [...event.clipboardData.files];
    // Text copied from an office program carries a picture of itself; the text is meant.
    if (!files.length || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    this.tray.add(files);
  }

  click(event) {
    const choice = event.target.closest("[data-choose]");
    if (choice) { this.choose(choice.dataset.choose); this.text.focus(); }
    if (event.target.closest("#make-note")) this.carry("note");
    if (event.target.closest("#drop-quote")) this.setQuote(null);
  }

  clickOutside(event) {
    const button = event.target.closest("[data-reply]");
    if (!button) return;
    if (this.mode !== "reply") this.choose("reply");
    const bubble = button.closest("li[data-message]");
    const words = bubble.querySelector(".part-words")?.textContent.trim() || bubble.querySelector(".bubble-parts").textContent.trim();
    this.setQuote({ id: Number(button.dataset.reply), words: words.replace(/\s+/g, " ").slice(0, 160) });
    this.text.focus();
  }

  setQuote(quote) {
    this.quote = quote;
    const strip = this.form.querySelector("#composer-quote");
    strip.hidden = !quote;
    strip.querySelector(".composer-quote-words").textContent = quote?.words ?? "";
  }

  submit() {
    const text = this.text.value;
    if (this.tray.busy) { this.say("wait_uploads"); return; }
    if (this.text.disabled || !(text.trim() || this.tray.ready)) return;
    const letter = { mode: this.mode, text, files: this.tray.take(), quote: this.quote };
    this.text.value = "";
    this.setQuote(null);
    this.fail("");
    const sending = this.drafts.sending(letter.mode, () => send(this.form, letter));
    this.chat.hold(sending.then((bubble) => { this.chat.put(bubble); this.chat.scroll.toEnd(); }).catch((error) => this.restore(letter, error)));
    this.chat.scroll.toEnd();
    this.update();
  }

  /** It was not sent: the words come back, before whatever was typed meanwhile. */
  restore(letter, error) {
    const held = this.mode === letter.mode ? this.text.value : this.drafts.text(letter.mode);
    const text = held.trim() ? `${letter.text}\n${held}` : letter.text;
    this.drafts.change(letter.mode, text);
    if (this.mode === letter.mode) this.text.value = text;
    this.tray.putBack(letter.files);
    if (letter.quote && this.mode === "reply") this.setQuote(letter.quote);
    this.fail(error.words ?? word("not_sent"));
    this.update();
  }

  /** An answer that was taken back in time is here again, ready to be mended. */
  takenBack(ctx) {
    const button = ctx.sourceElement;
    if (button?.dataset?.decision !== "cancel" || ctx.response?.status !== 204) return;
    const words = button.closest("li[data-message]")?.querySelector(".part-words")?.innerText ?? "";
    if (!words || this.drafts.text("reply").trim()) return;
    this.drafts.change("reply", words);
    this.choose("reply");
    this.text.focus();
  }

  fail(words) {
    const place = this.form.querySelector("#composer-error");
    place.hidden = !words;
    place.textContent = words;
  }

  say(state) {
    const place = this.form.querySelector("#composer-state");
    place.textContent = state ? word(state) : "";
  }

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
