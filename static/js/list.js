// The list of tickets: rows are refreshed one by one, new ones never move what is under the pointer.

import { look } from "./requests.js";
import { word } from "./words.js";

const SETTLE = 150;
// More changed rows than this at once, and the whole list is fetched.
const MANY = 15;
const ROW_KINDS = new Set(["ticket_created", "ticket_changed", "message_received", "message_sent", "message_edited", "message_changed", "delivery_changed", "contact_changed"]);

export function keepList() {
  const list = new List();
  document.addEventListener("live:events", ({ detail }) => list.take(detail.events));
  document.addEventListener("live:reset", () => list.reload());
  document.addEventListener("desk:acted", ({ detail }) => { list.refresh([detail.ticket]); list.count(); });
  document.addEventListener("desk:touched", ({ detail }) => { list.refresh([detail.ticket]); list.countSoon(); });
  document.addEventListener("click", (event) => list.chooseTab(event));
  document.addEventListener("click", (event) => { if (event.target.closest("#new-rows")) list.flush(); });
  document.addEventListener("htmx:after:swap", () => list.markCurrent());
  document.addEventListener("pointerout", (event) => { if (event.target.closest?.("#rows")) setTimeout(() => list.settle(), SETTLE); });
  list.count();
  return list;
}

class List {
  waiting = new Map();

  get element() { return document.getElementById("list"); }
  get rows() { return document.getElementById("rows"); }
  get tab() { return this.element.dataset.tab; }
  get current() { return Number(document.getElementById("workplace")?.dataset.ticket) || null; }
  /** Somebody points at a row or walks through them: nothing may move. */
  get busy() { return this.rows.matches(":hover, :has(:focus-visible)") && matchMedia("(hover: hover)").matches; }

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
    const current = this.current ? `&current=${this.current}` : "";
    const tab = this.tab;
    const html = await look(`/inbox/rows/${ticket}?tab=${tab}${current}`);
    if (!html || tab !== this.tab) return;
    const row = document.getElementById(`row-${ticket}`);
    if (row) await swap(row, html, "outerMorph");
    else this.offer(ticket, html);
  }

  /** A row that is not in the list: in its place at once, or behind the pill while the list is in use. */
  offer(ticket, html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const row = template.content.querySelector("li");
    if (!row || row.hasAttribute("data-outside")) { this.waiting.delete(ticket); return; }
    this.waiting.set(ticket, row);
  }

  /** Put everything where it belongs, unless that would move rows under somebody's hand. */
  settle() {
    if (!this.busy) this.flush();
    this.showPill();
  }

  flush() {
    for (const row of [...this.rows.querySelectorAll("li[data-outside]")]) {
      if (Number(row.dataset.ticket) !== this.current) row.remove();
    }
    for (const [ticket, row] of this.waiting) {
      if (!document.getElementById(row.id)) { this.place(row); htmx.process(row); }
      this.waiting.delete(ticket);
    }
    for (const row of [...this.rows.querySelectorAll("li[data-place]")]) if (this.misplaced(row)) this.place(row);
    document.getElementById("list-empty").hidden = Boolean(this.rows.querySelector("li[data-ticket]"));
    this.markCurrent();
    this.showPill();
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
    const more = this.rows.querySelector(".rows-more");
    // Beyond the last loaded row it will come with the next page.
    if (!next && more) { row.remove(); return; }
    const target = next ?? null;
    if (row.nextElementSibling !== target || !row.isConnected) this.rows.insertBefore(row, target);
  }

  showPill() {
    const pill = document.getElementById("new-rows");
    pill.hidden = this.waiting.size === 0;
    if (this.waiting.size) pill.querySelector("span").textContent = word("new_rows", { count: this.waiting.size });
  }

  markCurrent() {
    for (const link of this.rows.querySelectorAll(".row")) {
      const here = Number(link.parentElement.dataset.ticket) === this.current;
      link.toggleAttribute("aria-current", here);
      if (here) link.setAttribute("aria-current", "true");
    }
  }

  chooseTab(event) {
    const link = event.target.closest("[data-tab-link]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.show(link.dataset.tabLink);
  }

  async show(tab) {
    const query = tab === "waiting" ? "" : `?tab=${tab}`;
    const html = await look(`/inbox${query}`);
    if (!html) return;
    this.waiting.clear();
    await swap(this.element, html, "outerHTML");
    history.replaceState(history.state, "", (this.current ? `/t/${this.current}` : "/inbox") + query);
    this.markCurrent();
    this.count();
  }

  async reload() {
    const html = await look(`/inbox/rows?tab=${this.tab}${this.current ? `&current=${this.current}` : ""}`);
    if (html === null) return;
    this.waiting.clear();
    await swap(this.rows, html, "innerMorph");
    document.getElementById("list-empty").hidden = Boolean(this.rows.querySelector("li[data-ticket]"));
    this.count();
  }

  countSoon() {
    clearTimeout(this.counting);
    this.counting = setTimeout(() => this.count(), SETTLE);
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
}

function showInTitle(unread) {
  const bare = document.title.replace(/^\(\d+\) /, "");
  document.title = unread ? `(${unread}) ${bare}` : bare;
}

function swap(target, html, style) {
  return htmx.swap({ text: html, target, swap: style, sourceElement: target, title: "" });
}
