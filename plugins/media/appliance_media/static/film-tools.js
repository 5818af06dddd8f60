// <film-tools>: the buttons of a film that browsers do not have or hide: how fast it plays, and a window of its own.
// The buttons come with the page; here they work. The film is the one in the same [data-film].

import { pressFilm } from "./film-keys.js";
import { filmSpeeds } from "./speeds.js";

class FilmTools extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
    filmSpeeds.addEventListener("changed", this);
    // What stands inside may not have been read yet.
    queueMicrotask(() => this.#show());
  }

  disconnectedCallback() {
    filmSpeeds.removeEventListener("changed", this);
  }

  get #film() {
    return this.closest("[data-film]")?.querySelector("video");
  }

  handleEvent(event) {
    const button = event.type === "click" ? event.target.closest("button") : null;
    if (button?.dataset.rate) filmSpeeds.choose(Number(button.dataset.rate));
    if (button?.matches("[data-window]")) this.#float();
    this.#show();
  }

  #float() {
    if (document.pictureInPictureElement === this.#film) document.exitPictureInPicture();
    // A film of which nothing is loaded cannot leave yet.
    else if (this.#film.readyState === 0) this.#film.play().then(() => this.#film.requestPictureInPicture()).catch(() => {});
    else this.#film.requestPictureInPicture().catch(() => {});
  }

  #show() {
    for (const button of this.querySelectorAll("[data-rate]")) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.rate) === filmSpeeds.value));
    }
    const float = this.querySelector("[data-window]");
    if (float) float.hidden = !document.pictureInPictureEnabled;
    keepPace(this.#film);
  }
}

function keepPace(film) {
  if (film) film.defaultPlaybackRate = film.playbackRate = filmSpeeds.value;
}

customElements.define("film-tools", FilmTools);

document.addEventListener(
  "play",
  ({ target }) => {
    // A voice in a circle keeps the pace of voices, an animation its own.
    if (target.closest?.("[data-film]")?.querySelector("film-tools")) keepPace(target);
  },
  true,
);

document.addEventListener(
  "keydown",
  (event) => {
    const { target } = event;
    if (!(target instanceof HTMLVideoElement) || !target.closest("[data-film]")) return;
    if (!pressFilm(target, event)) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);
