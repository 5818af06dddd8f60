// The open conversation: what comes is appended, nothing that is read moves, what was seen is remembered.

import { keepDateJump } from "./date-jump.js";
import { quieten, settle } from "./log-busy.js";
import { recount, tidy } from "./log-tidy.js";
import { Scroll } from "./scroll.js";
import { ask, look } from "./requests.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

const BUBBLE_KINDS = new Set(["message_edited", "message_changed", "delivery_changed", "file_changed", "position_changed"]);
const HEAD_KINDS = new Set(["ticket_changed", "contact_changed", "message_received", "message_sent", "connection_changed"]);
const HEAD_PARTS = ["ticket-header", "card", "composer-notice"];
const QUIET = 120;
const READ_EVERY = 400;
const NAMED = /^#m(\d+)$/;

export function keepChat() {
  const chat = new Chat();
  document.addEventListener("live:events", ({ detail }) => chat.take(detail.events));
  document.addEventListener("live:reset", () => chat.refreshAll());
  document.addEventListener("desk:acted", ({ detail }) => { if (detail.ticket === chat.ticket) chat.catchUp(); });
  document.addEventListener("visibilitychange", () => chat.readSoon());
  document.addEventListener("click", (event) => chat.click(event));
  document.addEventListener("htmx:after:swap", (event) => { if (event.detail.ctx.target?.matches?.(".later")) chat.catchUp(); });
  addEventListener("hashchange", () => chat.followHash());
  // A bubble whose player runs is left alone until it stops.
  for (const stop of ["pause", "ended"]) document.addEventListener(stop, (event) => chat.refreshLate(event.target), true);
  keepDateJump((day) => chat.openAt(`day=${day}`));
  return chat;
}

class Chat {
  ticket = null;
  late = new Set();
  heard = 0;
  pending = Promise.resolve();

  mount() {
    this.element = document.querySelector(".chat[data-ticket]");
    this.scroll?.leave();
    this.ticket = this.element ? Number(this.element.dataset.ticket) : null;
    if (!this.element) return;
    this.items = document.getElementById("log-items");
    this.tickets = new Set(this.element.dataset.tickets.split(" ").map(Number));
    this.event = Number(this.element.dataset.event);
    this.seen = 0;
    this.scroll = new Scroll(() => this.readSoon(), () => this.toNewest());
    this.scroll.open(this.ticket);
    settle(document.getElementById("log"));
    this.followHash();
    this.readSoon();
    // What happened between the making of this conversation and now was told while another one stood here.
    if (this.heard > this.event) this.catchUp();
  }

  get bubbles() { return [...this.items.querySelectorAll("li[data-message]")]; }

  /** The newest bubble of the open ticket; below it others of the same chat may stand. */
  get lastOwn() { return this.bubbles.filter((bubble) => Number(bubble.dataset.ticket) === this.ticket).at(-1); }

  take(events) {
    this.heard = Math.max(this.heard, ...events.map((event) => event.id));
    if (!this.ticket) return;
    const here = events.filter((event) => this.tickets.has(event.ticket));
    const mine = here.filter((event) => event.ticket === this.ticket);
    // What is being sent or fetched may be the bubble meant: it stands once that work is done.
    for (const event of here) if (BUBBLE_KINDS.has(event.kind)) this.pending.then(() => this.refreshBubble(event.message));
    for (const event of here) if (event.kind === "ticket_changed") this.refreshBoundaries(`[data-ticket="${event.ticket}"]`);
    if (mine.some((event) => HEAD_KINDS.has(event.kind)) || events.some((event) => event.kind === "connection_changed")) this.refreshHead();
    // A new ticket may be of this chat: the box knows.
    if (here.some((event) => HEAD_KINDS.has(event.kind)) || events.some((event) => event.kind === "ticket_created")) this.catchUp();
    if (here.some((event) => event.kind === "tickets_arranged")) this.redrawSoon();
    if (this.scroll.detached) this.scroll.show(this.scroll.missed + here.filter((event) => event.kind === "message_received").length);
  }

  /** One message after another, never two fetches at once; waits for an answer that is just being sent. */
  catchUp() {
    clearTimeout(this.catching);
    this.catching = setTimeout(() => { this.pending = this.pending.then(() => this.append()).catch(() => {}); }, QUIET);
  }

  /** Nothing is appended while `work` (a send) is under way: its own answer brings the bubble. */
  hold(work) {
    this.pending = this.pending.then(() => work).catch(() => {});
    return work;
  }

  async append() {
    const { ticket } = this;
    if (this.scroll.detached) return;
    this.noteEvents();
    const news = await look(`/t/${ticket}/newer?after=${this.bubbles.at(-1)?.dataset.message ?? 0}&event=${this.event}`);
    if (news && ticket === this.ticket) this.put(news);
  }

  /** Append what is not there yet; answers what was added. */
  put(html) {
    const added = [...fragment(html).children].filter((item) => this.isNew(item));
    this.scroll.around(() => {
      const before = this.items.querySelector(".pending");
      for (const item of added) this.items.insertBefore(item, before);
      tidy(this.items);
    }, added.filter((item) => item.matches(".message-in, .message-note:not(.message-mine)")).length);
    this.adopt(added);
    this.readSoon();
    return added;
  }

  isNew(item) {
    if (item.dataset.message) return !document.getElementById(item.id);
    if (item.dataset.after) return !recount(this.items, item);
    if (!item.dataset.event) return true;
    const number = Number(item.dataset.event);
    if (number <= this.event) return false;
    this.event = number;
    return true;
  }

  adopt(added) {
    for (const item of added) {
      htmx.process(item);
      if (item.dataset.ticket) this.tickets.add(Number(item.dataset.ticket));
    }
  }

  noteEvents() {
    const shown = [...this.items.querySelectorAll("[data-event]")].map((item) => Number(item.dataset.event));
    this.event = Math.max(this.event, ...shown);
  }

  refreshBubble(message) {
    const bubble = document.getElementById(`m${message}`);
    if (!bubble) return;
    if (isPlaying(bubble)) this.late.add(message);
    else refresh(bubble);
  }

  refreshLate(player) {
    const message = Number(player.closest?.("li[data-message]")?.dataset.message);
    if (this.late.delete(message)) this.refreshBubble(message);
  }

  refreshBoundaries(which = "") {
    for (const line of this.items.querySelectorAll(`.boundary[hx-get]${which}`)) refresh(line);
  }

  refreshHead() {
    clearTimeout(this.heading);
    this.heading = setTimeout(() => HEAD_PARTS.forEach((id) => refresh(document.getElementById(id))), QUIET);
  }

  /** Too much happened to tell: look at the whole ticket once, and take from it what stands here. */
  async refreshAll() {
    const { ticket } = this;
    const page = ticket ? await look(`/t/${ticket}`) : null;
    if (!page || ticket !== this.ticket) return;
    for (const item of fragment(page).querySelectorAll(`li[data-message], ${HEAD_PARTS.map((id) => `#${id}`)}`)) {
      const here = document.getElementById(item.id);
      if (here && !isPlaying(here)) htmx.swap({ text: item.outerHTML, target: here, swap: "outerMorph", sourceElement: here });
    }
    this.refreshBoundaries();
    this.catchUp();
  }

  readSoon() {
    clearTimeout(this.reading);
    this.reading = setTimeout(() => this.read(), READ_EVERY);
  }

  /** Seen is what has come up from below on a page that somebody looks at. Each ticket keeps its own count. */
  async read() {
    const last = this.ticket ? this.lastOwn : null;
    const number = Number(last?.dataset.message ?? 0);
    if (number <= this.seen || document.visibilityState !== "visible" || !this.scroll.hasReached(last)) return;
    const { ticket } = this;
    this.seen = number;
    const answer = await ask(`/t/${ticket}/read`, { method: "POST", body: new URLSearchParams({ message: number }) }).catch(() => null);
    if (answer) document.dispatchEvent(new CustomEvent("desk:touched", { detail: { ticket } }));
  }

  click(event) {
    const quote = event.target.closest("[data-jump]");
    if (quote) this.jump(Number(quote.dataset.jump));
    if (event.target.closest("#new-messages")) this.scroll.toEnd();
  }

  followHash() {
    const named = NAMED.exec(location.hash);
    if (named && this.ticket && location.pathname === `/t/${this.ticket}`) this.jump(Number(named[1]));
  }

  /** To a message anywhere in the chat. */
  jump(message) {
    const target = document.getElementById(`m${message}`);
    if (target) this.scroll.flash(target);
    else this.openAt(`at=${message}`);
  }

  /** From among old messages to the newest; what is being sent is among them by then. */
  toNewest() {
    this.pending = this.pending.then(() => this.openAt("")).catch(() => {});
  }

  /** The log anew, from another place of the chat. */
  async openAt(where) {
    const found = await this.fetchLog(where).catch((error) => { toast(error.words ?? word("offline"), { danger: true }); });
    if (!found) return;
    this.replace(found.html);
    if (found.target) this.scroll.flash(document.getElementById(`m${found.target}`));
    else this.scroll.toEnd();
  }

  /** Messages stand under other tickets than before: the same place once more. */
  redrawSoon() {
    clearTimeout(this.drawing);
    this.drawing = setTimeout(() => { this.pending = this.pending.then(() => this.redraw()).catch(() => {}); }, QUIET);
  }

  async redraw() {
    const place = this.scroll.atEnd ? null : this.scroll.place(this.bubbles);
    const found = await this.fetchLog(place ? `at=${place.message}` : "").catch(() => null);
    if (!found) return;
    this.replace(found.html);
    if (place) this.scroll.returnTo(place);
    else this.scroll.toEnd();
  }

  async fetchLog(where) {
    const { ticket } = this;
    const log = document.getElementById("log");
    quieten(log);
    try {
      const answer = await ask(`/t/${ticket}/log?${where}`);
      const html = await answer.text();
      return ticket === this.ticket ? { html, target: answer.headers.get("X-Message") } : null;
    } finally {
      settle(log);
    }
  }

  replace(html) {
    const items = [...fragment(html).children];
    this.items.replaceChildren(...items, ...this.items.querySelectorAll(".pending"));
    this.adopt(items);
    this.scroll.show(0);
    this.readSoon();
  }
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

function refresh(element) {
  // Not bubbling: what stands around it must not be refreshed as well.
  element?.dispatchEvent(new CustomEvent("refresh"));
}

function isPlaying(element) {
  return [...element.querySelectorAll("audio, video")].some((player) => !player.paused && !player.ended);
}
