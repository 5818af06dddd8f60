// The palette (Ctrl+K): commands of the table, tickets and customers by search, tickets this tab had open.

import { isThere, run } from "./keys.js";
import { Listbox } from "./listbox.js";
import { look } from "./requests.js";
import { word } from "./words.js";

const PAUSE = 150;
const KEPT = 8;
const LAYOUTS = ["`qwertyuiop[]asdfghjkl;'zxcvbnm,.", "ёйцукенгшщзхъфывапролджэячсмитьбю"];
const RECENT = `desk.recent.${document.body.dataset.agent}`;

export function keepPalette() {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const palette = new Palette(dialog);
  const keys = document.getElementById("keys-dialog");
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette]")) palette.open();
    if (event.target.closest("[data-closes-palette]") || event.target === dialog) dialog.close();
    if (event.target.closest("[data-closes-keys]") || event.target === keys) keys.close();
  });
  document.addEventListener("desk:palette", () => palette.open());
  document.addEventListener("htmx:after:swap", remember);
  remember();
}

class Palette {
  constructor(dialog) {
    this.dialog = dialog;
    this.box = dialog.querySelector("#palette-box");
    this.hits = dialog.querySelector("#palette-hits");
    this.group = dialog.querySelector("#palette-commands");
    this.commands = [...dialog.querySelectorAll("[data-command]")];
    this.list = new Listbox(this.box, dialog.querySelector("#palette-list"), (option) => this.choose(option));
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => this.key(event));
  }

  open() {
    if (this.dialog.open) return;
    for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
    this.box.value = "";
    this.hits.replaceChildren();
    this.fresh = this.eager = false;
    this.dialog.showModal();
    this.filter();
    this.find();
  }

  typed() {
    // What stands there was found for something else: Enter must not open it.
    this.fresh = this.eager = false;
    this.filter();
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.find(), PAUSE);
  }

  key(event) {
    if (event.ctrlKey && event.code === "KeyK") { event.preventDefault(); this.dialog.close(); return; }
    if (this.list.walk(event) || event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    if (this.list.current) this.choose(this.list.current);
    else this.eager = Boolean(this.box.value.trim());
  }

  choose(option) {
    this.dialog.close();
    // The focus is where it was before: commands act there.
    if (option.dataset.command) run(option.dataset.command);
    else location.assign(option.href);
  }

  /** Commands whose words begin so, typed on either layout; with nothing typed those that the page can do, below the
      tickets opened last. */
  filter() {
    const asked = fold(this.box.value).split(" ").filter(Boolean);
    for (const command of this.commands) {
      const words = fold(command.textContent).split(/[^\p{L}\p{N}]+/u);
      const meant = asked.every((typed) => [typed, swap(typed)].some((way) => words.some((each) => each.startsWith(way))));
      command.hidden = !meant || !isThere(command.dataset.command);
      // What is hidden is no option: the arrows pass it by.
      command.setAttribute("role", command.hidden ? "none" : "option");
      command.setAttribute("aria-selected", "false");
    }
    if (asked.length) this.hits.before(this.group);
    else this.group.before(this.hits);
    this.settle();
  }

  async find() {
    const asked = this.box.value;
    const address = new URLSearchParams({ q: asked });
    if (!asked.trim()) for (const ticket of recent()) address.append("recent", ticket);
    const html = await look(`${this.dialog.dataset.address}?${address}`);
    // Typed on meanwhile: the later answer counts.
    if (html === null || asked !== this.box.value) return;
    this.hits.innerHTML = html;
    this.fresh = true;
    this.settle();
    if (this.eager && this.list.current) this.choose(this.list.current);
  }

  /** The first one is chosen once something is typed: Enter does what is seen. */
  settle() {
    const shown = this.list.options;
    this.group.hidden = this.commands.every((command) => command.hidden);
    document.getElementById("palette-none").hidden = shown.length > 0;
    document.getElementById("palette-told").textContent = word("palette_count", { count: shown.length });
    const sure = this.fresh ? shown : shown.filter((option) => option.dataset.command);
    this.list.mark(this.box.value.trim() ? sure[0] : null);
  }
}

function fold(text) { return text.toLowerCase().replaceAll("ё", "е").trim(); }

function swap(text) {
  const from = LAYOUTS.findIndex((layout) => layout.includes(text[0]));
  return from < 0 ? text : [...text].map((sign) => LAYOUTS[1 - from][LAYOUTS[from].indexOf(sign)] ?? sign).join("");
}

function recent() {
  try {
    return JSON.parse(sessionStorage.getItem(RECENT)) ?? [];
  } catch {
    return [];
  }
}

/** Numbers alone, and of this tab: who may see the tickets is asked each time. */
function remember() {
  const ticket = document.getElementById("workplace")?.dataset.ticket;
  if (!ticket || recent()[0] === ticket) return;
  sessionStorage.setItem(RECENT, JSON.stringify([ticket, ...recent().filter((each) => each !== ticket)].slice(0, KEPT)));
}
