// <voice-bubble src duration peaks="1,2,3" text-play text-pause text-position text-speed text-failed>: a voice or song.
//
// What is inside stands in a shadow root: the page may morph the bubble around it at any time. Sound and position
// belong to the shared player, so even a bubble replaced as a whole shows on where its sound is.

import { PAUSE, PLAY, clock, drawing, element, text } from "./elements.js";
import { player } from "./voice-player.js";
import { waveform } from "./waveform.js";

const GONE_AFTER = 1000;

class VoiceBubble extends HTMLElement {
  static observedAttributes = ["src", "duration", "peaks"];

  #icon = drawing("path", { d: PLAY });
  #play = element("button", { part: "play", type: "button" }, drawing("svg", { part: "icon", viewBox: "0 0 24 24" }, this.#icon));
  #slider = element("div", { part: "wave", role: "slider", tabindex: "0", "aria-valuemin": "0" });
  #time = element("span", { part: "time" });
  #speed = element("button", { part: "speed", type: "button" });
  #failure = element("p", { part: "failure", role: "status" });
  #wave = waveform([]);

  constructor() {
    super();
    const row = element("div", { part: "row" }, this.#play, this.#slider, this.#speed);
    const below = element("div", { part: "below" }, this.#time, element("slot"));
    this.attachShadow({ mode: "open" }).append(row, below, this.#failure);
    this.#play.addEventListener("click", () => player.toggle(this.source));
    this.#speed.addEventListener("click", () => player.changeSpeed());
    this.#slider.addEventListener("keydown", (event) => this.#press(event));
    for (const name of ["pointerdown", "pointermove"]) {
      this.#slider.addEventListener(name, (event) => this.#point(event));
    }
  }

  get source() {
    return this.getAttribute("src") ?? "";
  }

  get duration() {
    return Number(this.getAttribute("duration")) || 0;
  }

  connectedCallback() {
    player.addEventListener("changed", this);
    this.#draw();
  }

  disconnectedCallback() {
    player.removeEventListener("changed", this);
    const { source } = this;
    // A swap puts another bubble in this one's place at once. When none comes, nobody could stop the sound.
    setTimeout(() => {
      const stays = [...document.querySelectorAll("voice-bubble")].some((bubble) => bubble.source === source);
      if (!stays && player.state(source).playing) player.pause();
    }, GONE_AFTER);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#draw();
  }

  handleEvent() {
    this.#show();
  }

  #draw() {
    const peaks = (this.getAttribute("peaks") ?? "").split(",").filter(Boolean).map(Number);
    this.#wave = waveform(peaks);
    this.#slider.replaceChildren(this.#wave.svg);
    this.#slider.setAttribute("aria-label", text(this, "slider"));
    this.#slider.setAttribute("aria-valuemax", String(Math.round(this.duration)));
    this.#show();
  }

  #show() {
    const { playing, position, failed } = player.state(this.source);
    const total = clock(this.duration);
    this.#icon.setAttribute("d", playing ? PAUSE : PLAY);
    this.#play.setAttribute("aria-label", text(this, playing ? "pause" : "play"));
    this.#wave.show(this.duration ? position / this.duration : 0);
    this.#slider.setAttribute("aria-valuenow", String(Math.round(position)));
    this.#slider.setAttribute("aria-valuetext", text(this, "position", { now: clock(position), total }));
    this.#time.textContent = playing || position ? `${clock(position)} / ${total}` : total;
    this.#failure.textContent = failed ? text(this, "failed") : "";
    this.#showSpeed();
  }

  #showSpeed() {
    const shown = `${new Intl.NumberFormat(document.documentElement.lang || "en").format(player.speed)}×`;
    if (this.#speed.textContent === shown) return;
    this.#speed.textContent = shown;
    this.#speed.setAttribute("aria-label", text(this, "speed", { speed: shown }));
  }

  #press(event) {
    const { position } = player.state(this.source);
    const step = Math.max(1, Math.min(5, this.duration / 10));
    const targets = {
      ArrowRight: position + step,
      ArrowUp: position + step,
      ArrowLeft: position - step,
      ArrowDown: position - step,
      PageUp: position + this.duration / 4,
      PageDown: position - this.duration / 4,
      Home: 0,
      End: this.duration,
    };
    if (event.code === "Space" || event.code === "Enter") player.toggle(this.source);
    else if (event.code in targets) this.#seek(targets[event.code]);
    else return;
    event.preventDefault();
    // The desk has shortcuts on the same keys.
    event.stopPropagation();
  }

  #point(event) {
    if (event.type === "pointerdown" && event.button === 0) this.#slider.setPointerCapture(event.pointerId);
    if (!this.#slider.hasPointerCapture(event.pointerId)) return;
    const frame = this.#slider.getBoundingClientRect();
    this.#seek(((event.clientX - frame.left) / frame.width) * this.duration);
  }

  #seek(seconds) {
    // Just before the end: at the end itself a player says it has finished.
    player.seek(this.source, Math.max(0, Math.min(seconds, this.duration - 0.05)));
  }
}

customElements.define("voice-bubble", VoiceBubble);

player.addEventListener("finished", () => {
  const voices = [...document.querySelectorAll("voice-bubble[continues]")];
  const here = voices.findIndex((bubble) => bubble.source === player.source);
  if (here >= 0 && voices[here + 1]) player.play(voices[here + 1].source);
});
