// A sent message, back in the field to be mended. What was being written waits meanwhile and comes back.

import { quoteOf } from "./quoting.js";
import { ask } from "./requests.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

export class Editing {
  /** The number of the message that is being edited. */
  message = null;

  constructor(composer) {
    this.mode = composer.mode;
    this.composer = composer;
    this.strip = composer.form.querySelector("#composer-editing");
  }

  async begin(message) {
    let source;
    try {
      source = await (await ask(`/m/${message}/source`)).json();
    } catch (error) {
      toast(error.words ?? word("offline"), { danger: true });
      return;
    }
    // From one message to another: what waits is what waited before.
    if (!this.message) this.mode = this.composer.mode;
    this.composer.choose(document.getElementById(`m${message}`)?.matches(".message-note") ? "note" : "reply");
    this.message = message;
    this.before = source.text;
    this.show(quoteOf(document.getElementById(`m${message}`))?.words ?? "");
    this.composer.write(source.text);
    this.composer.text.focus();
  }

  show(words) {
    const { form } = this.composer;
    form.toggleAttribute("data-editing", Boolean(this.message));
    this.strip.hidden = !this.message;
    this.strip.querySelector(".composer-quote-words").textContent = words;
  }

  end() {
    this.message = null;
    this.show("");
    this.composer.fail("");
    this.composer.choose(this.mode);
    this.composer.text.focus();
  }

  /** Stored here at once; the messenger is told right after, and the bubble says how that went. */
  async save() {
    const { message } = this;
    const text = this.composer.text.value;
    if (text === this.before) { this.end(); return; }
    this.composer.fail("");
    try {
      await ask(`/m/${message}/edit`, { method: "POST", body: new URLSearchParams({ text }) });
      if (this.message === message) this.end();
    } catch (error) {
      this.composer.fail(error.words ?? word("offline"));
    }
  }
}
