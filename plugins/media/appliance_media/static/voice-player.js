// The one player all voices share. It is no part of the page, so a voice goes on when its bubble is swapped or morphed.

import { positions } from "./positions.js";
import { voiceSpeeds } from "./speeds.js";

const NEWS = ["play", "playing", "pause", "timeupdate", "seeked", "ended", "error", "loadedmetadata", "ratechange"];

class VoicePlayer extends EventTarget {
  #audio = new Audio();
  #source = "";
  #failed = new Set();

  constructor() {
    super();
    this.#audio.preload = "none";
    for (const name of NEWS) this.#audio.addEventListener(name, this);
    voiceSpeeds.addEventListener("changed", () => this.#setSpeed(voiceSpeeds.value));
  }

  /** What a bubble shows of its source: is it playing, where it is, whether it failed. */
  state(source) {
    const mine = source === this.#source && !this.#audio.ended;
    return {
      playing: mine && !this.#audio.paused,
      position: mine && this.#audio.readyState > 0 ? this.#audio.currentTime : positions.get(source),
      failed: this.#failed.has(source),
    };
  }

  get source() {
    return this.#source;
  }

  toggle(source) {
    if (this.state(source).playing) this.pause();
    else this.play(source);
  }

  play(source) {
    this.#failed.delete(source);
    if (source !== this.#source || this.#audio.error) this.#load(source);
    this.#setSpeed(voiceSpeeds.value);
    // A refusal comes as an "error" event too; an interrupted start is no news.
    this.#audio.play().catch(() => this.#tell("changed"));
  }

  pause() {
    this.#audio.pause();
  }

  seek(source, seconds) {
    positions.set(source, seconds);
    if (source === this.#source) this.#audio.currentTime = seconds;
    this.#tell("changed");
  }

  handleEvent(event) {
    if (event.type === "error") this.#failed.add(this.#source);
    if (event.type === "timeupdate" && !this.#audio.ended) positions.set(this.#source, this.#audio.currentTime);
    if (event.type === "ended") positions.forget(this.#source);
    this.#tell("changed");
    if (event.type === "play") this.#tell("started");
    if (event.type === "ended") this.#tell("finished");
  }

  #load(source) {
    const start = positions.get(source);
    this.#source = source;
    this.#audio.src = source;
    if (start) this.#audio.currentTime = start;
  }

  #setSpeed(rate) {
    this.#audio.defaultPlaybackRate = rate;
    this.#audio.playbackRate = rate;
    this.#tell("changed");
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}

export const player = new VoicePlayer();
