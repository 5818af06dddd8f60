// Pages of the list: the next one comes as one scrolls, what lies far above is let go, the place is kept.

import { look } from "./requests.js";
import { word } from "./words.js";

// So many rows stand in the page at most; a hundred thousand tickets then cost what six hundred do.
const MOST = 600;
const AHEAD = "600px";
const KEPT_AS = "desk.list-place";

export class ListPages {
  constructor(list) {
    this.list = list;
    this.top = 0;
    document.addEventListener("click", (event) => {
      if (event.target.closest("[data-more]")) this.load({ asked: true });
      if (event.target.closest("[data-to-beginning]")) this.toBeginning();
    });
    addEventListener("pagehide", () => this.remember());
    this.begin();
  }

  get more() { return this.list.rows?.querySelector("[data-more]"); }
  get hasMore() { return Boolean(this.more); }
  get above() { return this.list.rows.querySelector(".rows-above"); }

  /** Called for every new list; `keep`: it is the same one, looked at anew. */
  begin({ keep = false } = {}) {
    this.watcher?.disconnect();
    const found = (seen) => { if (seen.some((one) => one.isIntersecting)) this.load(); };
    this.watcher = new IntersectionObserver(found, { root: this.list.rows, rootMargin: AHEAD });
    if (this.more) this.watcher.observe(this.more);
    if (keep) return;
    this.top = 0;
    this.list.rows?.addEventListener("scroll", () => { if (this.list.rows.offsetParent) this.top = this.list.rows.scrollTop; }, { passive: true });
  }

  async load({ asked = false } = {}) {
    const button = this.more;
    if (!button || this.loading) return;
    this.loading = true;
    const { rows, query } = this.list;
    rows.setAttribute("aria-busy", "true");
    const html = await look(this.list.address("/inbox/rows", `after=${button.dataset.more}`));
    rows.removeAttribute("aria-busy");
    this.loading = false;
    if (!html || query !== this.list.query || !button.isConnected) return;
    this.append(html, asked && document.activeElement === button);
  }

  append(html, focus) {
    const { rows } = this.list;
    const template = document.createElement("template");
    template.innerHTML = html;
    const added = [...template.content.children].filter((row) => !row.id || !document.getElementById(row.id));
    this.more.closest("li").remove();
    rows.append(...added);
    for (const row of added) htmx.process(row);
    if (focus) added[0]?.querySelector("a, button")?.focus();
    this.letGo();
    this.list.markCurrent();
    this.list.bulk?.paint();
    this.begin({ keep: true });
  }

  /** The first rows go when there are too many; what stands under the reader's eyes stays where it is. */
  letGo() {
    const { rows, items } = this.list;
    if (items.length <= MOST) return;
    const anchor = items.at(-1);
    const before = anchor.offsetTop;
    for (const row of items.slice(0, items.length - MOST)) row.remove();
    if (!this.above) rows.prepend(beginning());
    rows.scrollTop -= Math.max(0, before - anchor.offsetTop);
  }

  /** Whether a row that is new here has its place among those that are shown. */
  holds(row) {
    const first = this.list.items[0];
    return !this.above || !first || Number(row.dataset.place) >= Number(first.dataset.place);
  }

  /** The rows under the reader's eyes. */
  seen() {
    const { top, bottom } = this.list.rows.getBoundingClientRect();
    return this.list.items.filter((row) => {
      const here = row.getBoundingClientRect();
      return here.bottom > top && here.top < bottom;
    });
  }

  async toBeginning() {
    this.list.stale = false;
    const html = await look(this.list.address("/inbox/rows"));
    if (html === null) return;
    const { rows } = this.list;
    rows.innerHTML = html;
    htmx.process(rows);
    rows.scrollTop = 0;
    rows.querySelector("a")?.focus({ focusVisible: false });
    this.list.bulk?.paint();
    this.begin({ keep: true });
  }

  keepPlace() {
    this.list.rows.scrollTop = this.top;
  }

  remember() {
    if (!this.list.rows) return;
    const place = { query: this.list.query, top: this.top, count: this.list.items.length };
    sessionStorage.setItem(KEPT_AS, JSON.stringify(place));
  }

  /** After going back to a page that was left: as many rows as there were, at the same place. */
  async restore() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? "null");
    const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    if (!back || kept?.query !== this.list.query || !kept.top) return;
    if (kept.count > this.list.items.length) {
      const html = await look(this.list.address("/inbox/rows", `count=${kept.count}`));
      if (html === null || kept.query !== this.list.query) return;
      this.list.rows.innerHTML = html;
      htmx.process(this.list.rows);
      this.begin({ keep: true });
    }
    this.list.rows.scrollTop = this.top = kept.top;
    this.list.markCurrent();
  }
}

function beginning() {
  const row = Object.assign(document.createElement("li"), { className: "rows-above" });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: word("to_beginning") });
  button.dataset.toBeginning = "";
  row.append(button);
  return row;
}
