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

/** A step through what the customer said, from the end: -1 to the one before `chosen` ({id} or null), 1 to the one
 *  after it. Null beyond the last one. */
export function quoteBeside(chosen, step) {
  const quotes = [...document.querySelectorAll("#log-items .message-in[data-message]")].map(quoteOf).filter(Boolean);
  const place = chosen ? quotes.findIndex((quote) => quote.id === chosen.id) : quotes.length;
  if (chosen && place < 0) return step < 0 ? quotes.at(-1) ?? null : null;
  return quotes[Math.max(0, place + step)] ?? null;
}
