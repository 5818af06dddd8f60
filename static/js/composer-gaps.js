// Gaps that a saved reply leaves: [[model]]. Tab goes from one to the next, they are marked, and nothing leaves with one.

import { word } from "./words.js";

const GAP = /\[\[\s*([^[\]\n]{1,80}?)\s*\]\]/g;

export function gapsIn(text) {
  return [...text.matchAll(GAP)].map((found) => ({ start: found.index, end: found.index + found[0].length, name: found[1] }));
}

export class Gaps {
  constructor(composer) {
    this.composer = composer;
    this.text = composer.text;
    this.mirror = composer.form.querySelector("#composer-mirror");
    this.text.addEventListener("scroll", () => this.follow(), { passive: true });
  }

  /** Whether the key was a step to another gap. Beyond the last one Tab leaves the field as ever. */
  key(event) {
    if (event.key !== "Tab" || event.ctrlKey || event.altKey || event.metaKey) return false;
    const { selectionStart: start, selectionEnd: end, value } = this.text;
    const gaps = gapsIn(value);
    const next = event.shiftKey ? gaps.findLast((gap) => gap.end <= start) : gaps.find((gap) => gap.start >= end);
    if (!next) return false;
    event.preventDefault();
    this.choose(next);
    return true;
  }

  choose(gap) {
    this.text.focus();
    this.text.setSelectionRange(gap.start, gap.end);
  }

  /** Select the first one at or after a place; whether there is one. */
  chooseFrom(place) {
    const gap = gapsIn(this.text.value).find(({ start }) => start >= place);
    if (gap) this.choose(gap);
    return Boolean(gap);
  }

  /** Whether something is still to be filled in, which is then said and selected. */
  refuse() {
    const gaps = gapsIn(this.text.value);
    if (!gaps.length) return false;
    this.composer.fail(word("fill_gaps", { names: gaps.map((gap) => gap.name).join(", ") }));
    this.choose(gaps[0]);
    this.refused = true;
    return true;
  }

  /** A textarea cannot colour its words: what stands behind it does. */
  draw() {
    const { value } = this.text;
    const gaps = gapsIn(value);
    if (this.refused && !gaps.length) { this.refused = false; this.composer.fail(""); }
    const pieces = [];
    let position = 0;
    for (const gap of gaps) {
      pieces.push(value.slice(position, gap.start), Object.assign(document.createElement("mark"), { textContent: value.slice(gap.start, gap.end) }));
      position = gap.end;
    }
    this.mirror.replaceChildren(...(gaps.length ? [...pieces, value.slice(position), "\n"] : []));
    this.follow();
  }

  follow() { this.mirror.scrollTop = this.text.scrollTop; }
}
