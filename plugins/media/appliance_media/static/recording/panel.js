// The strip above the text field: what is being recorded, what was recorded, what is asked.

import { clock } from "../elements.js";
import { sizeWords, spoken } from "./saying.js";

// A person who cannot see the clock hears it now and then, and how much is left near the end.
const SAID_AT = new Set([5, 15, 30, 45]);
const SAID_EVERY = 60;
const LEFT = 10;
const FIRST = { asking: '[data-do="cancel"]', recording: '[data-do="stop"]', checking: "audio, video", offering: '[data-do="resume"]' };

export class Panel {
  #root;
  #words;
  #said = 0;

  constructor(root, words) {
    this.#root = root;
    this.#words = words;
    this.stage = this.#find("stage");
    this.level = this.#find("level");
  }

  /** `acts` are called by the names on the buttons; Escape is `cancel`. */
  listen(acts) {
    this.#root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) acts[button.dataset.do]();
    });
    this.#root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      acts.cancel();
    });
  }

  /** asking, recording, checking, offering or "". */
  get state() { return this.#root.dataset.state; }

  show(state, kind = "") {
    Object.assign(this.#root.dataset, { state, kind });
    this.#find("frame").hidden = !state;
    for (const piece of this.#root.querySelectorAll("[data-for]")) piece.hidden = !piece.dataset.for.split(" ").includes(state);
    this.#find("question").hidden = true;
    this.#find("title").textContent = this.#words(kind);
  }

  /** To what one does next. */
  focus() { this.#root.querySelector(FIRST[this.state])?.focus(); }

  ask(kind, words) {
    this.show("asking", kind);
    this.#find("request").textContent = words;
    this.focus();
  }

  begin(recording) {
    this.#said = 0;
    this.show("recording", recording.kind);
    this.#find("limit").textContent = clock(recording.limits.seconds);
    this.turned(recording);
    this.tick(recording, 0);
    this.focus();
  }

  /** What the camera sees, like a mirror for a face. */
  mirror(stream) {
    const view = Object.assign(document.createElement("video"), { muted: true, playsInline: true, autoplay: true, srcObject: stream });
    view.setAttribute("aria-hidden", "true");
    this.stage.replaceChildren(view);
  }

  /** `bytes`: the most that can be sent; 0 where the size is no news. */
  tick(recording, bytes) {
    const seconds = Math.floor(recording.seconds);
    const left = recording.limits.seconds - seconds;
    this.#find("time").textContent = clock(seconds);
    this.#find("size").textContent = bytes && recording.size ? this.#words("size_of", { size: sizeWords(recording.size), limit: sizeWords(bytes) }) : "";
    this.#root.toggleAttribute("data-ending", left <= LEFT);
    if (seconds === this.#said || recording.paused) return;
    this.#said = seconds;
    if (left === LEFT) this.say(this.#words("left", { time: spoken(left) }));
    else if (SAID_AT.has(seconds) || (seconds && seconds % SAID_EVERY === 0)) this.say(this.#words("so_far", { time: spoken(seconds) }));
  }

  /** Running or resting: one button for both, named by what it does next. */
  turned(recording) {
    const button = this.#root.querySelector('[data-do="pause"]');
    button.title = this.#words(recording.paused ? "go_on" : "pause");
    button.setAttribute("aria-label", button.title);
    this.#root.toggleAttribute("data-paused", recording.paused);
  }

  check(kind, player) {
    this.stage.replaceChildren(player);
    this.show("checking", kind);
    this.focus();
  }

  /** The focus stays where it is: nobody has asked. */
  offer(kind, words) {
    this.show("offering", kind);
    this.#find("offer").textContent = words;
  }

  /** Discard it? Answered by the acts `discard` and `stay`. */
  question(seconds) {
    this.#find("question").hidden = false;
    this.#find("question-words").textContent = this.#words("discard_question", { time: spoken(seconds) });
    this.#root.querySelector('[data-do="stay"]').focus();
  }

  unask() {
    this.#find("question").hidden = true;
    this.focus();
  }

  /** Heard by whoever cannot see. */
  say(words) { this.#find("said").textContent = words; }

  /** Seen and heard. */
  tell(words) { this.#find("told").textContent = words; }

  #find(name) { return this.#root.querySelector(`[data-${name}]`); }
}
