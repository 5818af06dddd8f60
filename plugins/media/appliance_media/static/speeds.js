// How fast things play: one choice for all voices and one for all films, remembered in this browser.

import { recall, remember } from "./remembered.js";

/** Tells `changed` when another speed was chosen. */
class Speeds extends EventTarget {
  #name;
  #choices;

  constructor(name, choices) {
    super();
    this.#name = name;
    this.#choices = choices;
  }

  get value() {
    const kept = Number(recall(this.#name));
    return this.#choices.includes(kept) ? kept : 1;
  }

  choose(speed) {
    if (!this.#choices.includes(speed)) return;
    remember(this.#name, String(speed));
    this.dispatchEvent(new Event("changed"));
  }

  /** The next faster one (1) or slower one (-1), as far as there is one. */
  step(by) {
    const place = this.#choices.indexOf(this.value) + by;
    this.choose(this.#choices[Math.max(0, Math.min(place, this.#choices.length - 1))]);
  }

  /** The next faster one, after the fastest the slowest. */
  turn() {
    this.choose(this.#choices[(this.#choices.indexOf(this.value) + 1) % this.#choices.length]);
  }
}

export const voiceSpeeds = new Speeds("speed", [1, 1.5, 2]);
export const filmSpeeds = new Speeds("film-speed", [0.5, 1, 1.5, 2]);

/** "1,5×", as the page's language writes it. */
export function speedWords(speed) {
  return `${new Intl.NumberFormat(document.documentElement.lang || "en").format(speed)}×`;
}
