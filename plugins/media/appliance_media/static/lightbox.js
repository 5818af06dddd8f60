// Photos and films large, one after another. The dialog comes with the page; a [data-opens-large] opens its figure.

import { pressFilm } from "./film-keys.js";
import { buttonOf, gallery, placeOf, originalsBeside } from "./gallery.js";
import { feelHands } from "./gestures.js";
import { Zoom } from "./zoom.js";

const NUDGE = 80;
const NEARER = 1.4;
const SIDES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class Lightbox {
  #dialog;
  #picture;
  #film;
  #zoom;
  #figure = null;
  #acts = {
    close: () => this.#dialog.close(),
    previous: () => this.#step(-1),
    next: () => this.#step(1),
    nearer: () => this.#zoom.by(NEARER),
    farther: () => this.#zoom.by(1 / NEARER),
    fit: () => this.#zoom.fit(),
    rotate: () => this.#zoom.rotate(),
  };
  #keys = {
    Equal: this.#acts.nearer, NumpadAdd: this.#acts.nearer, Minus: this.#acts.farther, NumpadSubtract: this.#acts.farther,
    Digit0: this.#acts.fit, Numpad0: this.#acts.fit, KeyR: this.#acts.rotate,
  };

  constructor(dialog) {
    this.#dialog = dialog;
    this.#picture = dialog.querySelector("[data-stage] img");
    this.#film = dialog.querySelector("[data-stage] video");
    const stage = dialog.querySelector("[data-stage]");
    this.#zoom = new Zoom(stage, this.#picture, () => this.#showZoom());
    feelHands(stage, this.#zoom, { swipe: (by) => this.#step(by), tap: () => dialog.close() });
    dialog.addEventListener("click", (event) => this.#acts[event.target.closest("[data-act]")?.dataset.act]?.());
    dialog.addEventListener("keydown", (event) => this.#press(event));
    dialog.addEventListener("close", () => this.#leave());
  }

  /** `at`: the second a film is to begin at. */
  open(figure, at = 0) {
    this.#dialog.showModal();
    this.#show(figure, at);
    this.#dialog.querySelector('[data-act="close"]').focus();
    if (this.#isFilm) this.#film.play().catch(() => {});
  }

  get #isFilm() {
    return this.#figure?.dataset.large === "film";
  }

  #show(figure, at = 0) {
    this.#emptyFilm();
    this.#figure = figure;
    const { source, poster, width, height, words, caption } = figure.dataset;
    this.#dialog.setAttribute("aria-label", words);
    this.#dialog.dataset.shows = figure.dataset.large;
    this.#picture.hidden = this.#isFilm;
    this.#film.hidden = !this.#isFilm;
    if (this.#isFilm) give(this.#film, { src: source, width, height, poster, "aria-label": words });
    else give(this.#picture, { src: source, width, height, alt: words });
    if (at) this.#film.currentTime = at;
    this.#zoom.reset();
    this.#part("caption").textContent = caption ?? "";
    this.#showLinks(figure);
    this.#showPlace(figure);
  }

  #showLinks({ dataset }) {
    const [one, all] = [this.#part("download"), this.#part("all")];
    give(one, { href: dataset.download, title: dataset.hint, "aria-label": dataset.hint });
    one.hidden = !dataset.download;
    give(all, { href: dataset.all });
    all.hidden = !dataset.all || originalsBeside(this.#figure) < 2;
  }

  #showPlace(figure) {
    const all = gallery();
    const place = placeOf(figure, all);
    for (const name of ["previous", "next"]) this.#dialog.querySelector(`[data-act="${name}"]`).disabled = all.length < 2;
    this.#part("count").textContent = all.length < 2 ? "" : `${place + 1} / ${all.length}`;
    const next = all[place + 1];
    if (next?.dataset.large === "picture") new Image().src = next.dataset.source;
  }

  #showZoom() {
    const { level, turn } = this.#zoom;
    Object.assign(this.#dialog.dataset, { level: level.toFixed(2), turn });
    const percent = new Intl.NumberFormat(document.documentElement.lang || "en", { style: "percent" });
    this.#part("level").textContent = percent.format(level);
  }

  #step(by) {
    const all = gallery();
    if (all.length > 1) this.#show(all[(placeOf(this.#figure, all) + by + all.length) % all.length]);
  }

  #press(event) {
    // The desk's shortcuts sleep behind an open dialog.
    if (event.code !== "Escape" && event.code !== "Tab") event.stopPropagation();
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (this.#pressed(event)) event.preventDefault();
  }

  #pressed(event) {
    if (event.code in SIDES) return this.#side(...SIDES[event.code]);
    if (this.#isFilm) return event.target.closest("button, a") && event.code === "Space" ? false : pressFilm(this.#film, event);
    const act = this.#keys[event.code];
    act?.();
    return Boolean(act);
  }

  /** What is near is moved; else the arrows go on to the next. */
  #side(across, down) {
    if (!this.#isFilm && this.#zoom.isNear) this.#zoom.move(-across * NUDGE, -down * NUDGE);
    else if (across) this.#step(across);
    return true;
  }

  #emptyFilm() {
    if (!this.#film.hasAttribute("src")) return;
    const inline = gallery()[placeOf(this.#figure)]?.querySelector("video");
    // In its bubble it goes on where it was left here.
    if (inline && this.#film.readyState > 0) inline.currentTime = this.#film.currentTime;
    this.#film.removeAttribute("src");
    this.#film.load();
    this.#dialog.querySelector("[data-no-picture]").hidden = true;
  }

  #leave() {
    this.#emptyFilm();
    this.#picture.removeAttribute("src");
    buttonOf(this.#figure)?.focus();
  }

  #part(name) {
    return this.#dialog.querySelector(`[data-part="${name}"]`);
  }
}

/** Set what has a value, take away what has none. */
function give(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value) element.setAttribute(name, value);
    else element.removeAttribute(name);
  }
}

const dialog = document.getElementById("media-lightbox");
const lightbox = dialog && new Lightbox(dialog);

document.addEventListener("click", (event) => {
  const figure = event.target.closest?.("[data-opens-large]")?.closest("[data-large]");
  if (!figure || !lightbox) return;
  const film = figure.querySelector("video");
  film?.pause();
  lightbox.open(figure, film?.currentTime);
});
