// What is written becomes a letter: sent, shown, brought back when it could not leave or was taken back in time.

import { goOn } from "./after-sending.js";
import { send, sendAsk, sendPart } from "./send.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

const EMPTY = { mode: "reply", text: "", files: [], quote: null, manner: { buttons: [], preview: true } };

export class Letters {
  constructor(composer) {
    this.composer = composer;
    this.sent = new Map();
  }

  /** `then`: what becomes of the ticket with it ("done", "snooze-…"), or "next": on to the next one. */
  submit(then = "") {
    const { composer } = this;
    if (composer.editing.message) { composer.editing.save(); return; }
    if (composer.tray.busy) { composer.say("wait_uploads"); return; }
    const text = composer.text.value;
    if (composer.text.disabled || !(text.trim() || composer.tray.ready)) return;
    if (composer.mode === "reply" && composer.gaps.refuse()) return;
    const letter = { mode: composer.mode, text, files: composer.tray.take(), quote: composer.takeQuote(), manner: this.takeManner() };
    composer.text.value = "";
    composer.fail("");
    this.post(letter, letter.mode === "reply" ? then : "");
    composer.chat.scroll.toEnd();
    composer.update();
  }

  post(letter, then) {
    const { composer } = this;
    const asked = then === "next" ? "" : then;
    const sending = composer.drafts.sending(letter.mode, () => send(composer.form, letter, asked));
    composer.chat.hold(sending.then((sent) => goOn(composer, letter, this.show(sent, letter), then === "next")).catch((error) => this.restore(letter, error)));
  }

  /** Quick answers and the like belong to the next reply; a note leaves them where they are. */
  takeManner() { return this.composer.mode === "reply" ? this.composer.manner.take() : EMPTY.manner; }

  /** `letter` comes back when it is taken back in time. */
  show({ message, bubble }, letter = null) {
    const { chat } = this.composer;
    this.sent.set(message, letter);
    chat.put(bubble);
    chat.scroll.toEnd();
    return document.getElementById(`m${message}`);
  }

  sendPart(part) { return this.sendApart(sendPart(this.composer.form, part, this.composer.takeQuote())); }

  /** Something that is not written here: what is written stays as it is. */
  sendApart(sending) {
    const { chat } = this.composer;
    chat.scroll.toEnd();
    return chat.hold(sending.then((sent) => this.show(sent)).catch((error) => toast(error.words ?? word("offline"), { danger: true })));
  }

  async askFor(kind) {
    const bubble = await this.sendApart(sendAsk(this.composer.form, kind));
    const cancel = bubble?.querySelector?.('[data-decision="cancel"]');
    if (bubble instanceof Element) toast(word(`asked_${kind}`), { undo: cancel && (() => cancel.click()), undoLabel: word("undo") });
  }

  /** It was not sent: it comes back, before whatever was typed meanwhile. */
  restore(letter, error = null) {
    const { composer } = this;
    const here = composer.mode === letter.mode && !composer.editing.message;
    const held = here ? composer.text.value : composer.drafts.text(letter.mode);
    const text = held.trim() ? `${letter.text}\n${held}` : letter.text;
    composer.drafts.change(letter.mode, text);
    if (here) composer.text.value = text;
    composer.tray.putBack(letter.files);
    if (letter.quote) composer.setQuote(letter.quote);
    if (letter.mode === "reply") composer.manner.put(letter.manner);
    composer.fail(error ? error.words ?? word("not_sent") : "");
    composer.update();
  }

  /** An answer that was taken back in time is here again, ready to be mended. */
  takenBack(ctx) {
    const { composer } = this;
    const button = ctx.sourceElement;
    if (button?.dataset?.decision !== "cancel" || ctx.response?.status !== 204) return;
    const bubble = button.closest("li[data-message]");
    const words = bubble?.querySelector(".part-words")?.innerText ?? "";
    // One of an earlier visit is known by its bubble alone; what was asked with one press is not written again.
    const letter = this.sent.has(Number(bubble?.dataset.message)) ? this.sent.get(Number(bubble.dataset.message)) : { ...EMPTY, text: words };
    if (!letter || composer.editing.message || composer.drafts.text("reply").trim() || composer.tray.items.length) return;
    composer.choose("reply");
    this.restore(letter);
    composer.text.focus();
  }
}

/** A second Enter, with nothing written: the answer that waits to be undone leaves now. */
export function sendWaiting() {
  const buttons = document.querySelectorAll('#log-items .message-mine [data-decision="now"]');
  buttons[buttons.length - 1]?.click();
}
