// <round-video text-play text-pause text-position><video …></round-video>: a video note. In a circle the browser's own
// controls lose their corners, so there is one large button, and a slider below.

import { PAUSE, PLAY, clock, drawing, element, text } from "./elements.js";

const NEWS = ["play", "pause", "ended", "timeupdate", "loadedmetadata", "seeked"];

class RoundVideo extends HTMLElement {
  #icon = drawing("path", { d: PLAY });
  #play = element("button", { part: "play", type: "button" }, drawing("svg", { part: "icon", viewBox: "0 0 24 24" }, this.#icon));
  #slider = element("input", { part: "slider", type: "range", min: "0", step: "0.1", value: "0" });
  #time = element("span", { part: "time" });

  constructor() {
    super();
    const frame = element("div", { part: "frame" }, element("slot"), this.#play);
    const row = element("div", { part: "row" }, this.#slider, this.#time);
    this.attachShadow({ mode: "open" }).append(frame, row);
    this.#play.addEventListener("click", () => this.#toggle());
    this.#slider.addEventListener("input", () => this.#seek());
    // The desk has shortcuts on the keys that move a slider.
    this.#slider.addEventListener("keydown", (event) => event.stopPropagation());
  }

  get #film() {
    return this.querySelector("video");
  }

  connectedCallback() {
    // The film is a child that may not have been read yet; its events pass through here on their way down.
    for (const name of NEWS) this.addEventListener(name, this, true);
    queueMicrotask(() => this.#show());
  }

  disconnectedCallback() {
    for (const name of NEWS) this.removeEventListener(name, this, true);
  }

  handleEvent() {
    this.#show();
  }

  #toggle() {
    const film = this.#film;
    if (film.paused) film.play().catch(() => this.#show());
    else film.pause();
  }

  #seek() {
    const film = this.#film;
    film.currentTime = Number(this.#slider.value);
    // Not loaded yet: the browser keeps the place and starts there.
    if (film.readyState === 0) film.load();
  }

  #show() {
    const film = this.#film;
    if (!film) return;
    film.controls = false;
    const duration = Number.isFinite(film.duration) ? film.duration : Number(this.getAttribute("duration")) || 0;
    this.#icon.setAttribute("d", film.paused ? PLAY : PAUSE);
    this.#play.setAttribute("aria-label", text(this, film.paused ? "play" : "pause"));
    this.toggleAttribute("playing", !film.paused);
    this.#slider.max = String(duration);
    this.#slider.value = String(film.currentTime);
    this.#slider.setAttribute("aria-label", text(this, "slider"));
    this.#slider.setAttribute(
      "aria-valuetext",
      text(this, "position", { now: clock(film.currentTime), total: clock(duration) }),
    );
    this.#time.textContent = film.currentTime ? `${clock(film.currentTime)} / ${clock(duration)}` : clock(duration);
  }
}

customElements.define("round-video", RoundVideo);
