// The one player all voices share. It is no part of the page, so a voice goes on when its bubble is swapped or morphed.

import { nextSpeed, speed } from "./voice-speed.js";

const NEWS = ["play", "playing", "pause", "timeupdate", "seeked", "ended", "error", "loadedmetadata", "ratechange"];

class VoicePlayer extends EventTarget {
  #audio = new Audio();
  #source = "";
  #positions = new Map();
  #failed = new Set();

  constructor() {
    super();
    this.#audio.preload = "none";
    for (const name of NEWS) this.#audio.addEventListener(name, this);
  }

  /** What a bubble shows of its source: is it playing, where it is, whether it failed. */
  state(source) {
    const mine = source === this.#source && !this.#audio.ended;
    return {
      playing: mine && !this.#audio.paused,
      position: mine && this.#audio.readyState > 0 ? this.#audio.currentTime : (this.#positions.get(source) ?? 0),
      failed: this.#failed.has(source),
    };
  }

  get source() {
    return this.#source;
  }

  get speed() {
    return speed();
  }

  toggle(source) {
    if (this.state(source).playing) this.pause();
    else this.play(source);
  }

  play(source) {
    this.#failed.delete(source);
    if (source !== this.#source || this.#audio.error) this.#load(source);
    this.#setSpeed(this.speed);
    // A refusal comes as an "error" event too; an interrupted start is no news.
    this.#audio.play().catch(() => this.#tell("changed"));
  }

  pause() {
    this.#audio.pause();
  }

  seek(source, seconds) {
    this.#positions.set(source, seconds);
    if (source === this.#source) this.#audio.currentTime = seconds;
    this.#tell("changed");
  }

  changeSpeed() {
    this.#setSpeed(nextSpeed());
    this.#tell("changed");
  }

  handleEvent(event) {
    if (event.type === "error") this.#failed.add(this.#source);
    if (event.type === "timeupdate" && !this.#audio.ended) this.#positions.set(this.#source, this.#audio.currentTime);
    if (event.type === "ended") this.#positions.delete(this.#source);
    this.#tell("changed");
    if (event.type === "play") this.#tell("started");
    if (event.type === "ended") this.#tell("finished");
  }

  #load(source) {
    const start = this.#positions.get(source) ?? 0;
    this.#source = source;
    this.#audio.src = source;
    if (start) this.#audio.currentTime = start;
  }

  #setSpeed(rate) {
    this.#audio.defaultPlaybackRate = rate;
    this.#audio.playbackRate = rate;
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}

export const player = new VoicePlayer();
