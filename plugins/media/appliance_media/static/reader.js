// Documents in the page: pictures of the pages below one another, or the text. A [data-reads] opens its card.

import { element, text } from "./elements.js";

const LEVELS = [0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4, 5];

class Reader {
  #dialog;
  #card = null;
  #opener = null;
  #level = 1;
  #page = 1;
  #watch = new MutationObserver(() => this.#addPages());
  #acts = {
    close: () => this.#dialog.close(),
    previous: () => this.#go(this.#page - 1),
    next: () => this.#go(this.#page + 1),
    nearer: () => this.#zoom(LEVELS.find((level) => level > this.#level)),
    farther: () => this.#zoom(LEVELS.findLast((level) => level < this.#level)),
    fit: () => this.#zoom(1),
    turn: () => this.#turn(!this.#readsText),
  };
  #keys = {
    Equal: this.#acts.nearer, NumpadAdd: this.#acts.nearer, Minus: this.#acts.farther, NumpadSubtract: this.#acts.farther,
    Digit0: this.#acts.fit, Numpad0: this.#acts.fit, KeyT: this.#acts.turn, ArrowLeft: this.#acts.previous, ArrowRight: this.#acts.next,
  };

  constructor(dialog) {
    this.#dialog = dialog;
    dialog.addEventListener("click", (event) => this.#acts[event.target.closest("[data-act]")?.dataset.act]?.());
    dialog.addEventListener("keydown", (event) => this.#press(event));
    dialog.addEventListener("close", () => this.#leave());
    this.#part("pages").addEventListener("scroll", () => this.#find(), { passive: true });
  }

  open(card, opener) {
    [this.#card, this.#opener] = [card, opener];
    const { name, download, pages, source } = card.dataset;
    this.#part("name").textContent = name;
    this.#part("download").hidden = !download;
    if (download) this.#part("download").href = download;
    this.#part("pages").replaceChildren();
    this.#part("text").querySelector("pre").textContent = "";
    this.#part("cut").hidden = true;
    this.#part("turn").hidden = !(pages && source);
    this.#dialog.showModal();
    this.#page = 1;
    this.#zoom(1);
    this.#addPages();
    this.#turn(!pages);
    // More pages may be ready before the reader has read these.
    this.#watch.observe(card, { attributes: true });
  }

  get #readsText() {
    return !this.#part("text").hidden;
  }

  get #pages() {
    return [...this.#part("pages").querySelectorAll("img")];
  }

  #addPages() {
    const { pages = "", sizes = "", total } = this.#card.dataset;
    const lengths = sizes.split(" ");
    const here = this.#pages.length;
    for (const [index, source] of pages.split(" ").filter(Boolean).entries()) {
      if (index >= here) this.#part("pages").append(this.#draw(source, lengths[index], index + 1, total));
    }
    this.#tellRest();
    this.#find();
  }

  #draw(source, size, page, total) {
    const [width, height] = size.split("x");
    const known = Number(width) && Number(height) ? { width, height } : {};
    return element("img", { src: source, alt: text(this.#dialog, "page", { page, total }), loading: "lazy", decoding: "async", ...known });
  }

  #tellRest() {
    this.#part("pages").querySelector(".media-rest")?.remove();
    const total = Number(this.#card.dataset.total);
    const first = this.#pages.length + 1;
    if (!this.#pages.length || first > total) return;
    const name = "unfinished" in this.#card.dataset ? "unfinished" : first === total ? "rest-page" : "rest";
    this.#part("pages").append(element("p", { class: "media-rest" }, text(this.#dialog, name, { first, total })));
  }

  /** The page that stands in the middle of the window. */
  #find() {
    const frame = this.#part("pages").getBoundingClientRect();
    const middle = frame.top + frame.height / 2;
    const passed = this.#pages.findLastIndex((page) => page.getBoundingClientRect().top <= middle);
    this.#page = Math.max(0, passed) + 1;
    const [total, shows] = [this.#card?.dataset.total, this.#pages.length > 0 && !this.#readsText];
    this.#part("place").textContent = shows ? text(this.#dialog, "page", { page: this.#page, total }) : "";
    this.#dialog.querySelector('[data-act="previous"]').disabled = this.#page <= 1;
    this.#dialog.querySelector('[data-act="next"]').disabled = this.#page >= this.#pages.length;
  }

  #go(page) {
    this.#pages[page - 1]?.scrollIntoView({ block: "start" });
    this.#find();
  }

  #zoom(level = this.#level) {
    const page = this.#page;
    this.#level = level;
    this.#dialog.style.setProperty("--level", String(level));
    this.#dialog.dataset.level = String(level);
    this.#part("level").textContent = new Intl.NumberFormat(document.documentElement.lang || "en", { style: "percent" }).format(level);
    if (page > 1) this.#go(page);
  }

  #turn(toText) {
    if (!this.#card.dataset.source) return;
    this.#part("text").hidden = !toText;
    this.#part("pages").hidden = toText;
    this.#dialog.dataset.shows = toText ? "text" : "pages";
    this.#part("turn").setAttribute("aria-pressed", String(toText));
    this.#part(toText ? "text" : "pages").focus();
    if (toText) this.#fetchText();
    this.#find();
  }

  async #fetchText() {
    const { source } = this.#card.dataset;
    const words = this.#part("text").querySelector("pre");
    if (words.textContent) return;
    const answer = await fetch(source, { credentials: "same-origin" }).catch(() => null);
    const found = answer?.ok ? await answer.text() : null;
    if (this.#card?.dataset.source !== source) return;
    words.textContent = found ?? text(this.#dialog, "gone");
    this.#part("cut").hidden = found === null || !("cut" in this.#card.dataset);
  }

  #press(event) {
    // The desk's shortcuts sleep behind an open dialog.
    if (event.code !== "Escape" && event.code !== "Tab") event.stopPropagation();
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const sideways = event.code === "ArrowLeft" || event.code === "ArrowRight";
    // What is wider than the window is moved by these keys.
    if (sideways && (this.#readsText || this.#level > 1)) return;
    const act = this.#keys[event.code];
    if (!act) return;
    event.preventDefault();
    act();
  }

  #leave() {
    this.#watch.disconnect();
    this.#part("pages").replaceChildren();
    const again = this.#opener.isConnected ? this.#opener : this.#card;
    this.#card = null;
    (again.tabIndex < 0 ? again.closest(".media-document")?.querySelector("[data-reads]:not([tabindex])") : again)?.focus();
  }

  #part(name) {
    return this.#dialog.querySelector(`[data-part="${name}"]`);
  }
}

const dialog = document.getElementById("media-reader");
const reader = dialog && new Reader(dialog);

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-reads]");
  if (opener && reader) reader.open(opener.closest(".media-document"), opener);
});
