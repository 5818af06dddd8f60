// <round-video text-play text-pause text-position><video …></round-video>: a video note. In a circle the browser's own
// controls lose their corners, so there is one large button, a ring that fills, and a slider below.

import { PAUSE, PLAY, clock, drawing, element, text } from "./elements.js";
import { isHeardEnough, tellHeard, wasHeard } from "./heard.js";
import { speedWords, voiceSpeeds } from "./speeds.js";

const NEWS = ["play", "pause", "ended", "timeupdate", "loadedmetadata", "seeked"];
const STEP = 5;

class RoundVideo extends HTMLElement {
  #icon = drawing("path", { d: PLAY });
  #play = element("button", { part: "play", type: "button" }, drawing("svg", { part: "icon", viewBox: "0 0 24 24" }, this.#icon));
  #ring = drawing("circle", { part: "progress", cx: 50, cy: 50, r: 48.5, pathLength: 100, "stroke-dasharray": "0 100" });
  #slider = element("input", { part: "slider", type: "range", min: "0", step: "0.1", value: "0" });
  #time = element("span", { part: "time" });
  #dot = element("span", { part: "dot", "aria-hidden": "true" });
  #speed = element("button", { part: "speed", type: "button" });

  constructor() {
    super();
    const ring = drawing("svg", { part: "ring", viewBox: "0 0 100 100", "aria-hidden": "true" }, this.#ring);
    const frame = element("div", { part: "frame" }, element("slot"), ring, this.#play);
    const row = element("div", { part: "row" }, this.#dot, this.#slider, this.#time, this.#speed);
    this.attachShadow({ mode: "open" }).append(frame, row);
    this.#play.addEventListener("click", () => this.#toggle());
    this.#speed.addEventListener("click", () => voiceSpeeds.turn());
    this.#slider.addEventListener("input", () => this.#seek(Number(this.#slider.value)));
    this.shadowRoot.addEventListener("keydown", (event) => this.#press(event));
  }

  get #film() {
    return this.querySelector("video");
  }

  get #unheard() {
    return this.hasAttribute("unheard") && !wasHeard(this.getAttribute("heard-at"));
  }

  connectedCallback() {
    // The film is a child that may not have been read yet; its events pass through here on their way down.
    for (const name of NEWS) this.addEventListener(name, this, true);
    voiceSpeeds.addEventListener("changed", this);
    queueMicrotask(() => this.#show());
  }

  disconnectedCallback() {
    for (const name of NEWS) this.removeEventListener(name, this, true);
    voiceSpeeds.removeEventListener("changed", this);
  }

  handleEvent() {
    const film = this.#film;
    if (this.#unheard && film && (film.ended || (!film.paused && isHeardEnough(film.currentTime, film.duration)))) {
      tellHeard(this.getAttribute("heard-at"));
    }
    this.#show();
  }

  #toggle() {
    const film = this.#film;
    if (film.paused) film.play().catch(() => this.#show());
    else film.pause();
  }

  #seek(seconds) {
    const film = this.#film;
    film.currentTime = Math.max(0, seconds);
    // Not loaded yet: the browser keeps the place and starts there.
    if (film.readyState === 0) film.load();
  }

  #press(event) {
    // The desk has shortcuts on the same keys; a slider and a button know their own.
    if (event.code !== "Tab") event.stopPropagation();
    const steps = { ArrowLeft: -STEP, ArrowRight: STEP };
    if (event.code === "KeyK") this.#toggle();
    else if (event.target === this.#play && event.code in steps) this.#seek(this.#film.currentTime + steps[event.code]);
    else return;
    event.preventDefault();
  }

  #show() {
    const film = this.#film;
    if (!film) return;
    film.controls = false;
    film.defaultPlaybackRate = film.playbackRate = voiceSpeeds.value;
    const duration = Number.isFinite(film.duration) ? film.duration : Number(this.getAttribute("duration")) || 0;
    this.#icon.setAttribute("d", film.paused ? PLAY : PAUSE);
    this.#play.setAttribute("aria-label", text(this, film.paused ? "play" : "pause") + (this.#unheard ? `, ${text(this, "unheard")}` : ""));
    this.toggleAttribute("playing", !film.paused);
    this.#ring.setAttribute("stroke-dasharray", `${duration ? (film.currentTime / duration) * 100 : 0} 100`);
    this.#dot.hidden = !this.#unheard;
    this.#dot.title = text(this, "unheard");
    this.#showRow(film.currentTime, duration);
  }

  #showRow(position, duration) {
    const speed = speedWords(voiceSpeeds.value);
    this.#slider.max = String(duration);
    this.#slider.value = String(position);
    this.#slider.setAttribute("aria-label", text(this, "slider"));
    this.#slider.setAttribute("aria-valuetext", text(this, "position", { now: clock(position), total: clock(duration) }));
    this.#time.textContent = position ? `${clock(position)} / ${clock(duration)}` : clock(duration);
    if (this.#speed.textContent !== speed) this.#speed.textContent = speed;
    this.#speed.setAttribute("aria-label", text(this, "speed", { speed }));
  }
}

customElements.define("round-video", RoundVideo);
