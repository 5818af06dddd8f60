// A recording as the browser keeps it, piece by piece, until it is attached or discarded.

import { hold } from "./holding.js";
import { forget, keep } from "./shelf.js";

/** `kept` is its row on the shelf; `forget` clears it away. */
export class Take {
  #letGo;
  #over = false;

  /** `failed` is called once when no copy can be kept. */
  constructor(owner, recording, failed) {
    const { started, kind, type } = recording;
    this.kept = { id: `${started}-${Math.floor(Math.random() * 1e9)}`, owner, kind, type, started, seconds: 0 };
    this.#letGo = hold(this.kept.id);
    const fail = () => {
      if (!this.#over) failed();
      this.#over = true;
    };
    recording.addEventListener("piece", ({ detail }) => {
      if (this.#over) return;
      this.kept.seconds = recording.seconds;
      keep(this.kept, detail.number, detail.blob).catch(fail);
    });
  }

  forget() {
    this.#over = true;
    return forget(this.kept.id).catch(() => {}).finally(this.#letGo);
  }

  /** It stays on the shelf, for whoever comes back. */
  leave() { this.#letGo(); }
}

/** One that was left, in the same shape; whoever offers it holds it until it is `gone`. */
export function leftTake(kept) {
  return {
    kept,
    gone: Promise.resolve(),
    forget() { this.gone = forget(kept.id).catch(() => {}); },
    leave() {},
  };
}
