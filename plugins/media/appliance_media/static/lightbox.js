// A photo in full size. Any button with data-picture opens it; arrows walk through all photos on the page.

import { drawing, element } from "./elements.js";

const ARROWS = { ArrowLeft: -1, ArrowRight: 1 };

class Lightbox {
  #picture = element("img", { class: "media-lightbox-picture", alt: "" });
  #download = element("a", { class: "media-lightbox-button", download: "" });
  #zoom = button();
  #close = button();
  #previous = button();
  #next = button();
  #count = element("span", { class: "media-lightbox-count", role: "status" });
  #dialog = element("dialog", { class: "media-lightbox" });
  #opener = null;

  constructor() {
    const bar = element("div", { class: "media-lightbox-bar" }, this.#count, this.#zoom, this.#download, this.#close);
    const stage = element("div", { class: "media-lightbox-stage" }, this.#picture);
    const steps = element("div", { class: "media-lightbox-steps" }, this.#previous, this.#next);
    this.#dialog.append(bar, stage, steps);
    this.#close.addEventListener("click", () => this.#dialog.close());
    this.#previous.addEventListener("click", () => this.#step(-1));
    this.#next.addEventListener("click", () => this.#step(1));
    for (const target of [this.#picture, this.#zoom]) {
      target.addEventListener("click", () => this.#enlarge(this.#picture.toggleAttribute("data-zoomed")));
    }
    stage.addEventListener("click", (event) => event.target === stage && this.#dialog.close());
    this.#dialog.addEventListener("keydown", (event) => this.#press(event));
    this.#dialog.addEventListener("close", () => this.#leave());
  }

  open(opener) {
    document.body.append(this.#dialog);
    this.#show(opener);
    this.#dialog.showModal();
    this.#close.focus();
  }

  #show(opener) {
    const { picture, download, alt, textClose, textDownload, textPrevious, textNext, textZoom } = opener.dataset;
    this.#opener = opener;
    this.#enlarge(this.#picture.toggleAttribute("data-zoomed", false));
    Object.assign(this.#picture, { src: picture, alt });
    this.#dialog.setAttribute("aria-label", alt);
    this.#download.href = download;
    label(this.#download, "download", textDownload, opener);
    label(this.#zoom, "zoom-in", textZoom, opener);
    label(this.#close, "x", textClose, opener);
    label(this.#previous, "chevron-left", textPrevious, opener);
    label(this.#next, "chevron-right", textNext, opener);
    this.#count.textContent = this.#place(opener);
  }

  #enlarge(zoomed) {
    this.#zoom.setAttribute("aria-pressed", String(zoomed));
  }

  #place(opener) {
    const all = photos();
    this.#previous.hidden = this.#next.hidden = all.length < 2;
    return all.length < 2 ? "" : `${all.indexOf(opener) + 1} / ${all.length}`;
  }

  #step(by) {
    const all = photos();
    // The page may have replaced the button that was pressed; its picture is still the same.
    const here = all.findIndex((each) => each.dataset.picture === this.#opener.dataset.picture);
    if (all.length) this.#show(all[(here + by + all.length) % all.length]);
  }

  #press(event) {
    // The desk's shortcuts sleep behind an open dialog.
    if (event.code !== "Escape" && event.code !== "Tab") event.stopPropagation();
    if (!(event.code in ARROWS)) return;
    event.preventDefault();
    this.#step(ARROWS[event.code]);
  }

  #leave() {
    this.#picture.removeAttribute("src");
    this.#dialog.remove();
    const again = photos().find((each) => each.dataset.picture === this.#opener.dataset.picture);
    again?.focus();
  }
}

function photos() {
  return [...document.querySelectorAll("button[data-picture]")];
}

function button() {
  return element("button", { type: "button", class: "media-lightbox-button" });
}

function label(target, icon, words, opener) {
  target.replaceChildren(drawing("svg", { class: "icon" }, drawing("use", { href: `${opener.dataset.icons}#${icon}` })));
  target.setAttribute("aria-label", words);
  target.title = words;
}

const lightbox = new Lightbox();

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("button[data-picture]");
  if (opener) lightbox.open(opener);
});
