// Where each voice was left, so that it goes on there: now, tomorrow, after another ticket.

import { recall, remember } from "./remembered.js";

const NAME = "positions";
const MOST = 200;
const PAUSE = 2000;

class Positions {
  #known = read();
  #changed = new Map();
  #waiting = 0;

  constructor() {
    addEventListener("pagehide", () => this.#save());
  }

  /** Seconds; 0 for one that was never begun. */
  get(source) {
    return this.#known[source] ?? 0;
  }

  set(source, seconds) {
    this.#known[source] = seconds;
    this.#note(source, Math.round(seconds * 10) / 10);
  }

  forget(source) {
    delete this.#known[source];
    this.#note(source, undefined);
  }

  #note(source, seconds) {
    this.#changed.set(source, seconds);
    this.#waiting ||= setTimeout(() => this.#save(), PAUSE);
  }

  /** Only what changed here: other tabs keep theirs. The oldest are forgotten. */
  #save() {
    clearTimeout(this.#waiting);
    this.#waiting = 0;
    if (!this.#changed.size) return;
    const all = new Map(Object.entries(read()));
    for (const [source, seconds] of this.#changed) {
      all.delete(source);
      if (seconds) all.set(source, seconds);
    }
    this.#changed.clear();
    remember(NAME, JSON.stringify(Object.fromEntries([...all].slice(-MOST))));
  }
}

function read() {
  try {
    const kept = JSON.parse(recall(NAME) ?? "{}");
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

export const positions = new Positions();
