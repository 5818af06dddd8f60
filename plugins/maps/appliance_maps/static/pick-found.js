// What was found for words that are no coordinates: towns at once from the box, addresses elsewhere only on a press.

const PAUSE_MS = 300;

export class FoundList {
  #timer = null;
  #turn = 0;

  constructor(picker, choose) {
    this.picker = picker;
    this.choose = choose;
    this.box = picker.querySelector(".maps-found");
    this.list = this.box.querySelector("ul");
    this.status = picker.querySelector("[role=status]");
  }

  /** The dialog tells words; taking the event says that somebody looks for them. Enter takes the first. */
  ask(event) {
    const { words, enter } = event.detail;
    if (!words.trim()) return this.clear();
    event.preventDefault();
    clearTimeout(this.#timer);
    if (enter && this.words === words && this.list.querySelector(".maps-place-found")) return this.list.querySelector("button").click();
    this.#timer = setTimeout(() => this.look(words), enter ? 0 : PAUSE_MS);
  }

  clear() {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.words = "";
    this.list.replaceChildren();
    this.box.hidden = true;
  }

  async look(words) {
    const turn = this.#begin(words);
    const query = new URLSearchParams({ q: words });
    const told = await this.#fetch(`${this.picker.getAttribute("search")}?${query}`, {});
    if (turn === this.#turn) this.#show(told, words, true);
  }

  async lookOnline(words) {
    const turn = this.#begin(words);
    this.#tell(this.#text("searching"));
    const token = document.querySelector('meta[name="csrf-token"]').content;
    const body = new URLSearchParams({ q: words });
    const told = await this.#fetch(this.picker.getAttribute("search"), { method: "POST", body, headers: { "X-CSRFToken": token } });
    if (turn === this.#turn) this.#show(told, words, false);
  }

  #begin(words) {
    this.words = words;
    return ++this.#turn;
  }

  async #fetch(address, options) {
    const answer = await fetch(address, options).catch(() => null);
    return (await answer?.json().catch(() => null)) ?? { problem: this.#text("unreached") };
  }

  #show({ found = [], problem }, words, offersMore) {
    const items = found.map((place) => this.#button(place.label, () => this.#take(place), "maps-place-found"));
    if (!items.length) items.push(this.#line(problem ?? this.#text("none")));
    const online = this.picker.getAttribute("online");
    if (online && offersMore) items.push(this.#button(online.replace("{words}", words), () => this.lookOnline(words), "maps-online"));
    this.list.replaceChildren(...items);
    this.box.hidden = false;
    this.#tell(problem ?? this.#text("found").replace("{number}", found.length));
  }

  #take({ name, label, latitude, longitude }) {
    // Who chose an address wants it told; a town is only somewhere to begin.
    const told = name ? { name, address: label } : {};
    this.clear();
    this.choose({ latitude, longitude, label, ...told });
  }

  #button(words, act, className) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: words, className });
    button.addEventListener("click", act);
    return this.#line(button);
  }

  #line(content) {
    const item = document.createElement("li");
    item.append(content);
    return item;
  }

  #text(name) {
    return this.picker.getAttribute(`text-${name}`);
  }

  #tell(words) {
    this.status.textContent = words;
  }
}
