// Many tickets at once: choosing them one by one, in a range or all of the list, and what is then done to them.
// Keys tick the same boxes: see key-acts.js.

import { keepBulkProgress } from "./bulk-progress.js";
import { ask } from "./requests.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

export function keepBulk(list) {
  const bulk = new Bulk(list);
  bulk.progress = keepBulkProgress();
  document.addEventListener("click", (event) => bulk.click(event));
  // Before the row itself hears of it and opens its ticket.
  document.addEventListener("click", (event) => bulk.shiftClick(event), { capture: true });
  document.addEventListener("change", (event) => { if (event.target.closest(".row-check")) bulk.ticked(event.target); });
  document.addEventListener("submit", (event) => bulk.submit(event));
  bulk.begin();
  return bulk;
}

class Bulk {
  chosen = new Set();
  /** The whole list is meant, the rows that are not loaded included. */
  all = false;
  last = null;

  constructor(list) { this.list = list; }

  get bar() { return document.getElementById("bulk-bar"); }
  get button() { return document.getElementById("select-several"); }
  get choosing() { return this.chosen.size > 0; }

  /** Called for every new list. */
  begin() {
    this.clear();
    this.setMode(false);
  }

  setMode(on) {
    this.list.element.classList.toggle("list-selecting", on);
    this.button?.setAttribute("aria-pressed", String(on));
    for (const box of this.list.rows.querySelectorAll(".row-check input")) box.tabIndex = on ? 0 : -1;
  }

  clear() {
    this.chosen.clear();
    this.all = false;
    this.last = null;
    this.paint();
  }

  click(event) {
    const { target } = event;
    if (target.closest("#select-several")) this.toggleMode();
    if (target.closest("#bulk-none")) { this.begin(); this.list.settle(); }
    if (target.closest("#bulk-all")) this.chooseAll();
    const action = target.closest("[data-bulk]");
    if (action) this.start(action.dataset.bulk, action.dataset.value ?? "", action.dataset.subtasks);
  }

  /** Everything from the last one to this one. */
  shiftClick(event) {
    const row = event.shiftKey && event.target.closest("#rows li[data-ticket]");
    if (!row) return;
    event.preventDefault();
    event.stopPropagation();
    // A box takes its tick back once its click is over.
    setTimeout(() => this.reach(row));
  }

  toggleMode() {
    const on = this.button.getAttribute("aria-pressed") !== "true";
    if (!on) this.clear();
    this.setMode(on);
  }

  ticked(box) {
    const row = box.closest("li");
    this.choose(row, box.checked);
    this.last = row.dataset.ticket;
    this.paint();
  }

  reach(row) {
    const rows = this.list.items;
    const from = rows.findIndex((other) => other.dataset.ticket === this.last);
    const to = rows.indexOf(row);
    for (const between of rows.slice(Math.min(from < 0 ? to : from, to), Math.max(from, to) + 1)) this.choose(between, true);
    this.last = row.dataset.ticket;
    this.paint();
  }

  /** A row that is no longer there to be chosen. */
  forget(ticket) {
    if (this.chosen.delete(String(ticket))) this.paint();
  }

  choose(row, on) {
    this.all = false;
    if (on) this.chosen.add(row.dataset.ticket);
    else this.chosen.delete(row.dataset.ticket);
  }

  async chooseAll() {
    if (this.chosen.size < this.list.items.length) {
      for (const row of this.list.items) this.choose(row, true);
      this.paint();
    } else {
      this.whole = await this.list.total(this.bar.dataset.total).catch(() => null);
      this.all = this.whole !== null;
      this.paint();
    }
  }

  /** Boxes and bar as they should be; rows come and go. */
  paint() {
    this.paintBoxes();
    this.list.element.classList.toggle("list-choosing", this.choosing);
    this.paintBar();
  }

  paintBoxes() {
    const several = this.list.element.classList.contains("list-selecting");
    for (const row of this.list.items) {
      const box = row.querySelector(".row-check input");
      box.checked = this.all || this.chosen.has(row.dataset.ticket);
      box.tabIndex = several ? 0 : -1;
      row.classList.toggle("row-chosen", box.checked);
    }
  }

  paintBar() {
    const { bar } = this;
    if (!bar) return;
    bar.hidden = !this.choosing;
    if (!this.choosing) return;
    const count = this.all ? written(this.whole) : this.chosen.size;
    document.getElementById("bulk-count").textContent = word(this.all ? "all_chosen" : "chosen", { count });
    this.paintAll(document.getElementById("bulk-all"));
  }

  /** First all that are loaded, then, when there are more, all of the list. */
  async paintAll(button) {
    const loaded = this.list.items.length;
    const allLoaded = this.chosen.size >= loaded;
    button.hidden = this.all || (allLoaded && !this.list.pages.hasMore && !this.list.pages.above);
    if (button.hidden) return;
    button.textContent = word("choose_loaded", { count: loaded });
    if (!allLoaded) return;
    button.textContent = word("choose_all");
    const whole = await this.list.total(this.bar.dataset.total).catch(() => null);
    if (whole && button.isConnected && this.chosen.size >= loaded) button.textContent = word("choose_all_of", { count: written(whole) });
  }

  submit(event) {
    if (event.target.id !== "tag-form") return;
    const value = new FormData(event.target).get("value");
    event.target.reset();
    this.start("tag", value);
  }

  /** `subtasks`: what was chosen once the box had asked what becomes of them. */
  async start(action, value, subtasks = "") {
    const what = { action, value, subtasks, query: this.list.query };
    if (this.all) what.all = "1";
    else what.tickets = [...this.chosen].join(",");
    try {
      const answer = await ask(this.bar.dataset.address, { method: "POST", body: new URLSearchParams(what) });
      this.begin();
      this.progress.show(await answer.text());
    } catch (error) {
      if (error.response?.headers.has("X-Question")) question(await error.response.text());
      else toast(error.words ?? word("offline"), { danger: true });
    }
  }
}

/** The chosen stay chosen until it is answered. */
function question(html) {
  const dialog = document.getElementById("bulk-question");
  dialog.innerHTML = html;
  dialog.showModal();
}

function written({ number, more }) {
  return new Intl.NumberFormat(document.documentElement.lang).format(number) + (more ? "+" : "");
}
