// What a reply answers: chosen by a button, a swipe, or Ctrl+↑ in an empty field.

import { wordsOf } from "./bubble-menu.js";

const MOST = 160;

export class Quote {
  constructor(form) {
    this.strip = form.querySelector("#composer-quote");
    this.set(null);
  }

  /** `quote`: {id, words}, or null for none. */
  set(quote) {
    this.chosen = quote;
    this.show(Boolean(quote));
    this.strip.querySelector(".composer-quote-words").textContent = quote?.words ?? "";
  }

  show(shown) { this.strip.hidden = !shown || !this.chosen; }
}

/** A bubble as a quote; null when it cannot be answered. */
export function quoteOf(bubble) {
  if (!bubble || bubble.matches(".message-note, .message-deleted")) return null;
  return { id: Number(bubble.dataset.message), words: wordsOf(bubble).replace(/\s+/g, " ").slice(0, MOST) };
}

/** What the customer said last. */
export function lastOfCustomer() {
  return quoteOf([...document.querySelectorAll("#log-items .message-in[data-message]")].at(-1));
}
