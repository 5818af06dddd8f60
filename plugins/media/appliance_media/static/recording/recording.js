// One recording: it runs, rests, and ends by itself before it gets too long or too large.

import { LIMITS } from "./limits.js";

const EVERY = 1000;
// Chromium hands out a film in pieces that begin with a whole picture: without this they come every five seconds.
const WHOLE_PICTURE_EVERY = 1000;
const TICK = 200;
// The last piece comes after the stop, and the end of a film is written behind it.
const ROOM = 0.96;

/** Events: `piece` {blob, number}, `tick`, and once `end` {blob, seconds, why}: "", time, size, gone or failed. */
export class Recording extends EventTarget {
  #recorder;
  #pieces = [];
  #largest = 0;
  #before = 0;
  #since = 0;
  #ticking = 0;
  #why = "";
  #bytes;
  #source;

  /** `type` as in formats.js; `bytes` is the most that can be sent. */
  constructor(kind, source, type, bytes) {
    super();
    const limits = LIMITS[kind];
    Object.assign(this, { kind, type, limits });
    this.size = 0;
    this.started = Date.now();
    this.#bytes = bytes;
    this.#source = source;
    this.#recorder = new MediaRecorder(source.stream, {
      mimeType: type,
      audioBitsPerSecond: limits.sound,
      videoBitsPerSecond: limits.picture,
      videoKeyFrameIntervalDuration: WHOLE_PICTURE_EVERY,
    });
    this.#recorder.addEventListener("dataavailable", ({ data }) => this.#take(data));
    this.#recorder.addEventListener("error", () => this.stop("failed"));
    this.#recorder.addEventListener("stop", () => this.#end());
    source.whenGone(() => this.stop("gone"));
  }

  start() {
    this.#recorder.start(EVERY);
    this.#since = performance.now();
    this.#ticking = setInterval(() => this.#tick(), TICK);
  }

  get seconds() { return (this.#before + (this.#since ? performance.now() - this.#since : 0)) / 1000; }

  get paused() { return this.#recorder.state === "paused"; }

  get running() { return this.#recorder.state !== "inactive"; }

  /** Whether it rests from now on. */
  turn() {
    if (!this.running) return false;
    if (this.paused) {
      this.#recorder.resume();
      this.#since = performance.now();
    } else {
      this.#recorder.pause();
      this.#rest();
    }
    return this.paused;
  }

  stop(why = "") {
    if (!this.running) return;
    this.#why = why;
    this.#recorder.stop();
    this.#rest();
  }

  #rest() {
    this.#before = this.seconds * 1000;
    this.#since = 0;
  }

  #take(blob) {
    if (!blob.size) return;
    this.#pieces.push(blob);
    this.size += blob.size;
    this.#largest = Math.max(this.#largest, blob.size);
    this.dispatchEvent(new CustomEvent("piece", { detail: { blob, number: this.#pieces.length } }));
    // Timers of a page in the background sleep; pieces come all the same.
    this.#tick();
  }

  #tick() {
    if (!this.running) return;
    if (this.seconds >= this.limits.seconds) this.stop("time");
    else if (this.size + 2 * this.#largest > this.#bytes * ROOM) this.stop("size");
    this.dispatchEvent(new Event("tick"));
  }

  #end() {
    clearInterval(this.#ticking);
    this.#rest();
    this.#source.close();
    const blob = new Blob(this.#pieces, { type: this.type });
    this.dispatchEvent(new CustomEvent("end", { detail: { blob, seconds: this.seconds, why: this.#why } }));
  }
}
