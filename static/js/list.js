// The list of tickets: rows are refreshed one by one, new ones never move what is under the pointer.

import { keepBulk } from "./bulk.js";
import { keepFilters } from "./list-filters.js";
import { ListPages } from "./list-pages.js";
import { ask, look } from "./requests.js";
import { word } from "./words.js";

const SETTLE = 150;
// More changed rows than this at once, and the whole list is fetched.
const MANY = 15;
// A busy box tells of a hundred things a second: the counters need not follow each of them.
const COUNT_EVERY = 1000;
const ROW_KINDS = new Set(["ticket_created", "ticket_changed", "message_received", "message_sent", "message_edited", "message_changed", "delivery_changed", "contact_changed", "tag_changed", "tickets_arranged", "ticket_gone"]);

export function keepList() {
  const list = new List();
  document.addEventListener("live:events", ({ detail }) => list.take(detail.events));
  document.addEventListener("live:reset", () => list.reload());
  document.addEventListener("desk:acted", ({ detail }) => { list.refresh([detail.ticket]); list.count(); });
  document.addEventListener("desk:touched", ({ detail }) => { list.refresh([detail.ticket]); list.countSoon(); });
  document.addEventListener("click", (event) => list.click(event));
  document.addEventListener("htmx:after:swap", (event) => list.swapped(event.detail.ctx?.target));
  document.addEventListener("pointerout", (event) => { if (event.target.closest?.("#rows")) setTimeout(() => list.settle(), SETTLE); });
  document.addEventListener("focusout", (event) => { if (event.target.closest?.("#rows")) setTimeout(() => list.settle(), SETTLE); });
  keepFilters(list);
  list.bulk = keepBulk(list);
  list.pages.restore();
  list.count();
  return list;
}

class List {
  waiting = new Map();
  pages = new ListPages(this);

  get element() { return document.getElementById("list"); }
  get rows() { return document.getElementById("rows"); }
  /** The address of what is shown, behind its question mark. */
  get query() { return this.element.dataset.query; }
  get current() { return Number(document.getElementById("workplace")?.dataset.ticket) || null; }
  get items() { return [...this.rows.querySelectorAll("li[data-ticket]")]; }
  /** Somebody points at a row, walks through them or has chosen some: nothing may move. */
  get busy() {
    if (this.bulk?.choosing || this.rows.matches(":has(:focus-visible)")) return true;
    return this.rows.matches(":hover") && matchMedia("(hover: hover)").matches;
  }

  address(path, more = "") {
    const query = [this.query, this.current ? `current=${this.current}` : "", more].filter(Boolean).join("&");
    return query ? `${path}?${query}` : path;
  }

  take(events) {
    const changed = new Set(events.filter((event) => event.ticket && ROW_KINDS.has(event.kind)).map((event) => event.ticket));
    if (!changed.size) return;
    if (changed.size > MANY) this.reload();
    else this.refresh([...changed]);
    this.countSoon();
  }

  async refresh(tickets) {
    for (const ticket of tickets) await this.refreshRow(ticket);
    this.settle();
  }

  async refreshRow(ticket) {
    const query = this.query;
    const html = await look(this.address(`/inbox/rows/${ticket}`), () => this.lose(ticket));
    if (query !== this.query) return;
    const row = document.getElementById(`row-${ticket}`);
    if (!html) return;
    if (row) await swap(row, html, "outerMorph");
    else this.offer(ticket, html);
  }

  /** It was deleted, or is no longer for these eyes: its row goes like one that has left the list. */
  lose(ticket) {
    this.waiting.delete(ticket);
    this.bulk.forget(ticket);
    document.getElementById(`row-${ticket}`)?.setAttribute("data-outside", "");
  }

  /** A row that is not in the list: in its place at once, or behind the pill while the list is in use. */
  offer(ticket, html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const row = template.content.querySelector("li");
    if (!row || row.hasAttribute("data-outside")) { this.waiting.delete(ticket); return; }
    if (this.pages.holds(row)) this.waiting.set(ticket, row);
  }

  /** Put everything where it belongs, unless that would move rows under somebody's hand. */
  settle() {
    if (this.busy) this.showPill();
    else this.flush();
  }

  flush() {
    if (this.stale && !this.pages.above) { this.stale = false; this.reload(); return; }
    for (const row of this.rows.querySelectorAll("li[data-outside]")) {
      if (Number(row.dataset.ticket) !== this.current) row.remove();
    }
    for (const [ticket, row] of this.waiting) {
      if (!document.getElementById(row.id)) { this.place(row); htmx.process(row); }
      this.waiting.delete(ticket);
    }
    for (const row of this.rows.querySelectorAll("li[data-place]")) if (this.misplaced(row)) this.place(row);
    this.showEmpty();
    this.markCurrent();
    this.showPill();
  }

  /** The pill was pressed: everything that waits, and the place where it stands. */
  catchUp() {
    const anew = this.pages.above ? this.pages.toBeginning() : this.flush();
    this.rows.scrollTop = 0;
    return anew;
  }

  misplaced(row) {
    const here = Number(row.dataset.place);
    const before = row.previousElementSibling?.dataset.place;
    const after = row.nextElementSibling?.dataset.place;
    return (before !== undefined && Number(before) > here) || (after !== undefined && Number(after) < here);
  }

  place(row) {
    const rows = [...this.rows.querySelectorAll("li[data-place]")].filter((other) => other !== row);
    const next = rows.find((other) => Number(other.dataset.place) > Number(row.dataset.place));
    // Beyond the last loaded row it will come with the next page.
    if (!next && this.pages.hasMore) { row.remove(); return; }
    const target = next ?? null;
    if (row.nextElementSibling !== target || !row.isConnected) this.rows.insertBefore(row, target);
  }

  showPill() {
    const pill = document.getElementById("new-rows");
    pill.hidden = this.waiting.size === 0 && !this.stale;
    pill.querySelector("span").textContent = this.stale ? word("list_changed") : word("new_rows", { count: this.waiting.size });
  }

  showEmpty() {
    document.getElementById("list-empty").hidden = this.items.length > 0;
  }

  markCurrent() {
    for (const link of this.rows.querySelectorAll(".row")) {
      const here = Number(link.parentElement.dataset.ticket) === this.current;
      link.toggleAttribute("aria-current", here);
      if (here) link.setAttribute("aria-current", "true");
    }
  }

  swapped(target) {
    if (target?.id === "list") this.begin();
    else if (target?.matches?.(".row-item")) this.bulk?.paintBoxes();
    this.markCurrent();
  }

  click(event) {
    const { target } = event;
    if (target.closest("#new-rows")) { this.catchUp(); return; }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = target.closest("[data-tab-link], [data-list-link]");
    if (link) { event.preventDefault(); this.show(new URL(link.href).search.slice(1)); return; }
    if (target.closest(".chat-back")) { event.preventDefault(); this.comeBack(); }
  }

  /** Another list in this place, by the query of its address. */
  async show(query) {
    const html = await look(query ? `/inbox?${query}` : "/inbox");
    if (!html) return;
    await swap(this.element, html, "outerHTML");
    this.begin();
    history.replaceState(history.state, "", this.here(this.current ? `/t/${this.current}` : "/inbox"));
    this.count();
  }

  /** An address that names this list. */
  here(path) { return this.query ? `${path}?${this.query}` : path; }

  begin() {
    this.waiting.clear();
    this.stale = false;
    this.pages.begin();
    this.bulk.begin();
    this.bulk.progress.follow();
    this.markCurrent();
  }

  /** From a ticket to the list, which stands as it was left. */
  async comeBack() {
    const ticket = this.current;
    const none = document.getElementById("no-ticket").innerHTML;
    history.pushState({}, "", this.here("/inbox"));
    await swap(document.getElementById("workplace"), none, "outerHTML");
    this.pages.keepPlace();
    this.markCurrent();
    document.getElementById(`row-${ticket}`)?.querySelector(".row").focus({ preventScroll: true });
  }

  /** Too much has changed to look at each row. What is shown stays in place while somebody is at it. */
  async reload() {
    if (this.busy || this.pages.above) {
      this.stale = true;
      this.countSoon();
      await this.refresh(this.pages.seen().map((row) => Number(row.dataset.ticket)));
      return;
    }
    this.stale = false;
    const html = await look(this.address("/inbox/rows", `count=${this.items.length}`));
    if (html === null) return;
    this.waiting.clear();
    await swap(this.rows, html, "innerMorph");
    this.pages.begin({ keep: true });
    this.showEmpty();
    this.showPill();
    this.bulk.paint();
    this.count();
  }

  countSoon() {
    this.counting ??= setTimeout(() => { this.counting = null; this.count(); }, COUNT_EVERY);
  }

  async count() {
    const answer = await look("/inbox/counts");
    if (!answer) return;
    const counts = JSON.parse(answer);
    for (const element of document.querySelectorAll("[data-count]")) {
      const number = counts[element.dataset.count] ?? 0;
      element.querySelector("[data-number]").textContent = number;
      if (element.classList.contains("badge")) element.hidden = number === 0;
    }
    showInTitle(counts.unread);
  }

  /** How many tickets the whole list holds: {number, more}. */
  async total(address) {
    return (await ask(address)).json();
  }
}

function showInTitle(unread) {
  const bare = document.title.replace(/^\(\d+\) /, "");
  document.title = unread ? `(${unread}) ${bare}` : bare;
}

export function swap(target, html, style) {
  return htmx.swap({ text: html, target, swap: style, sourceElement: target, title: "" });
}
