// <voice-bubble src duration peaks="1,2,3" text-play text-pause text-position text-speed text-failed>: a voice or song.
// `continues`: others follow it. `unheard`: the reader has not listened to it; `heard-at` is where the box is told.
//
// What is inside stands in a shadow root: the page may morph the bubble around it at any time. Sound and position
// belong to the shared player, so even a bubble replaced as a whole shows on where its sound is.

import { FOLLOW, FOLLOW_NOT, PAUSE, PLAY, clock, drawing, element, text } from "./elements.js";
import { following } from "./following.js";
import { isHeardEnough, tellHeard, wasHeard } from "./heard.js";
import { speedWords, voiceSpeeds } from "./speeds.js";
import { player } from "./voice-player.js";
import { waveform } from "./waveform.js";

const GONE_AFTER = 1000;

class VoiceBubble extends HTMLElement {
  static observedAttributes = ["src", "duration", "peaks", "continues", "unheard"];

  #icon = drawing("path", { d: PLAY });
  #play = element("button", { part: "play", type: "button" }, drawing("svg", { part: "icon", viewBox: "0 0 24 24" }, this.#icon));
  #slider = element("div", { part: "wave", role: "slider", tabindex: "0", "aria-valuemin": "0" });
  #time = element("span", { part: "time" });
  #dot = element("span", { part: "dot", "aria-hidden": "true" });
  #speed = element("button", { part: "speed", type: "button" });
  #arrow = drawing("path", { d: FOLLOW });
  #follow = element("button", { part: "follow", type: "button" }, drawing("svg", { part: "follow-icon", viewBox: "0 0 24 24" }, this.#arrow));
  #failure = element("p", { part: "failure", role: "status" });
  #wave = waveform([]);

  constructor() {
    super();
    const row = element("div", { part: "row" }, this.#play, this.#slider, this.#speed);
    const below = element("div", { part: "below" }, this.#time, this.#dot, element("span", { part: "gap" }), this.#follow, element("slot"));
    this.attachShadow({ mode: "open" }).append(row, below, this.#failure);
    this.#play.addEventListener("click", () => player.toggle(this.source));
    this.#speed.addEventListener("click", () => voiceSpeeds.turn());
    this.#follow.addEventListener("click", () => following.turn());
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

  get unheard() {
    return this.hasAttribute("unheard") && !wasHeard(this.getAttribute("heard-at"));
  }

  connectedCallback() {
    player.addEventListener("changed", this);
    following.addEventListener("changed", this);
    this.#draw();
  }

  disconnectedCallback() {
    player.removeEventListener("changed", this);
    following.removeEventListener("changed", this);
    const { source } = this;
    // A swap puts another bubble in this one's place at once. When none comes, nobody could stop the sound.
    setTimeout(() => {
      if (!bubbleOf(source) && player.state(source).playing) player.pause();
    }, GONE_AFTER);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#draw();
  }

  handleEvent() {
    const { playing, position } = player.state(this.source);
    if (playing && isHeardEnough(position, this.duration)) this.markHeard();
    this.#show();
  }

  markHeard() {
    if (!this.unheard) return;
    tellHeard(this.getAttribute("heard-at"));
    this.#show();
  }

  #draw() {
    const peaks = (this.getAttribute("peaks") ?? "").split(",").filter(Boolean).map(Number);
    this.#wave = waveform(peaks);
    this.#slider.replaceChildren(this.#wave.svg);
    this.#slider.setAttribute("aria-label", text(this, "slider"));
    this.#slider.setAttribute("aria-valuemax", String(Math.round(this.duration)));
    this.#follow.hidden = !this.hasAttribute("continues");
    this.#show();
  }

  #show() {
    const { playing, position, failed } = player.state(this.source);
    const total = clock(this.duration);
    this.#icon.setAttribute("d", playing ? PAUSE : PLAY);
    this.#play.setAttribute("aria-label", text(this, playing ? "pause" : "play") + (this.unheard ? `, ${text(this, "unheard")}` : ""));
    this.#dot.hidden = !this.unheard;
    this.#dot.title = text(this, "unheard");
    this.#wave.show(this.duration ? position / this.duration : 0);
    this.#slider.setAttribute("aria-valuenow", String(Math.round(position)));
    this.#slider.setAttribute("aria-valuetext", text(this, "position", { now: clock(position), total }));
    this.#time.textContent = playing || position ? `${clock(position)} / ${total}` : total;
    this.#failure.textContent = failed ? text(this, "failed") : "";
    this.#showChoices();
  }

  #showChoices() {
    const speed = speedWords(voiceSpeeds.value);
    if (this.#speed.textContent !== speed) this.#speed.textContent = speed;
    this.#speed.setAttribute("aria-label", text(this, "speed", { speed }));
    this.#follow.setAttribute("aria-label", text(this, "follow"));
    this.#follow.title = text(this, following.on ? "follows" : "follows-not");
    this.#follow.setAttribute("aria-pressed", String(following.on));
    this.#follow.setAttribute("part", following.on ? "follow follow-on" : "follow");
    this.#arrow.setAttribute("d", following.on ? FOLLOW : FOLLOW_NOT);
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
  bubbleOf(player.source)?.markHeard();
  if (!following.on) return;
  const voices = [...document.querySelectorAll("voice-bubble[continues]")];
  const here = voices.findIndex((bubble) => bubble.source === player.source);
  if (here >= 0 && voices[here + 1]) player.play(voices[here + 1].source);
});

function bubbleOf(source) {
  return [...document.querySelectorAll("voice-bubble")].find((bubble) => bubble.source === source);
}
