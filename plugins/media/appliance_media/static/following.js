// Whether the next voice plays on by itself: the reader's choice, remembered in this browser.

import { recall, remember } from "./remembered.js";

const NAME = "voices-follow";

class Following extends EventTarget {
  get on() {
    return recall(NAME) !== "no";
  }

  turn() {
    remember(NAME, this.on ? "no" : "yes");
    this.dispatchEvent(new Event("changed"));
  }
}

export const following = new Following();
