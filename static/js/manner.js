// How the next message is said: quick answers below it, no preview of links. Chips above the field show it.

import { word } from "./words.js";

const PLAIN = { buttons: [], preview: true };

export class Manner {
  constructor(form, changed) {
    this.form = form;
    this.list = form.querySelector("#composer-chips");
    this.changed = changed;
    this.switch = form.querySelector("#no-preview");
    this.put(PLAIN);
  }

  get buttons() { return this.chosen.buttons; }

  put(chosen) {
    this.chosen = { ...PLAIN, ...chosen };
    this.draw();
  }

  /** It is the letter's from now on; the next one is plain again. */
  take() {
    const taken = this.chosen;
    this.put(PLAIN);
    return taken;
  }

  togglePreview() { this.put({ ...this.chosen, preview: !this.chosen.preview }); }

  draw() {
    const { buttons, preview } = this.chosen;
    const chips = buttons.map((label, place) => this.answer(label, place));
    if (!preview) chips.push(this.chip(word("no_preview"), word("with_preview"), () => this.togglePreview()));
    this.list.replaceChildren(...chips);
    this.list.hidden = chips.length === 0;
    this.switch?.setAttribute("aria-pressed", String(!preview));
    this.changed();
  }

  drop(place) {
    this.put({ ...this.chosen, buttons: this.buttons.filter((_, number) => number !== place) });
    (this.list.querySelector("button") ?? this.form.querySelector("textarea")).focus();
  }

  answer(label, place) {
    const chip = this.chip(label, word("remove_answer", { label }), () => this.drop(place));
    chip.dataset.answer = label;
    return chip;
  }

  chip(label, told, act) {
    const item = Object.assign(document.createElement("li"), { className: "composer-chip" });
    item.append(Object.assign(document.createElement("span"), { textContent: label }));
    const cross = Object.assign(document.createElement("button"), { type: "button", ariaLabel: told, title: told, textContent: "×" });
    cross.addEventListener("click", act);
    item.append(cross);
    return item;
  }
}
