// The open conversation: what comes is appended, nothing that is read moves, what was seen is remembered.

import { Scroll } from "./scroll.js";
import { ask, look } from "./requests.js";

const BUBBLE_KINDS = new Set(["message_edited", "message_changed", "delivery_changed", "file_changed", "position_changed"]);
const HEAD_KINDS = new Set(["ticket_changed", "contact_changed", "message_received", "message_sent", "connection_changed"]);
const HEAD_PARTS = ["ticket-header", "card", "composer-notice"];
const QUIET = 120;
const READ_EVERY = 400;

export function keepChat() {
  const chat = new Chat();
  document.addEventListener("live:events", ({ detail }) => chat.take(detail.events));
  document.addEventListener("live:reset", () => chat.refreshAll());
  document.addEventListener("desk:acted", ({ detail }) => { if (detail.ticket === chat.ticket) chat.catchUp(); });
  document.addEventListener("visibilitychange", () => chat.readSoon());
  document.addEventListener("click", (event) => chat.click(event));
  // A bubble whose player runs is left alone until it stops.
  for (const stop of ["pause", "ended"]) document.addEventListener(stop, (event) => chat.refreshLate(event.target), true);
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
    this.event = Number(this.element.dataset.event);
    this.seen = 0;
    this.scroll = new Scroll(() => this.readSoon());
    this.scroll.open(location.hash);
    document.getElementById("log").setAttribute("aria-busy", "false");
    this.readSoon();
    // What happened between the making of this conversation and now was told while another one stood here.
    if (this.heard > this.event) this.catchUp();
  }

  get last() {
    const messages = this.items.querySelectorAll("li[data-message]");
    return Number(messages[messages.length - 1]?.dataset.message ?? 0);
  }

  take(events) {
    this.heard = Math.max(this.heard, ...events.map((event) => event.id));
    if (!this.ticket) return;
    const mine = events.filter((event) => event.ticket === this.ticket);
    // What is being sent or fetched may be the bubble meant: it stands once that work is done.
    for (const event of mine) if (BUBBLE_KINDS.has(event.kind)) this.pending.then(() => this.refreshBubble(event.message));
    if (mine.some((event) => HEAD_KINDS.has(event.kind)) || events.some((event) => event.kind === "connection_changed")) this.refreshHead();
    if (mine.some((event) => HEAD_KINDS.has(event.kind) || event.kind === "ticket_created")) this.catchUp();
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
    const ticket = this.ticket;
    const news = await look(`/t/${ticket}/newer?after=${this.last}&event=${this.event}`);
    if (news && ticket === this.ticket) this.put(news);
  }

  /** Append what is not there yet; answers the new bubbles. */
  put(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const added = [...template.content.children].filter((item) => this.isNew(item));
    this.scroll.around(() => {
      const before = this.items.querySelector(".pending");
      for (const item of added) this.items.insertBefore(item, before);
    }, added.filter((item) => item.matches(".message-in, .message-note:not(.message-mine)")).length);
    for (const item of added) htmx.process(item);
    this.readSoon();
    return added;
  }

  isNew(item) {
    if (item.dataset.message) return !document.getElementById(item.id);
    if (item.dataset.event) {
      const number = Number(item.dataset.event);
      if (number <= this.event) return false;
      this.event = number;
      return true;
    }
    const days = this.items.querySelectorAll(".day");
    return !(item.matches(".day") && days[days.length - 1]?.dataset.day === item.dataset.day);
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

  refreshHead() {
    clearTimeout(this.heading);
    this.heading = setTimeout(() => HEAD_PARTS.forEach((id) => refresh(document.getElementById(id))), QUIET);
  }

  /** Too much happened to tell: look at the whole ticket once, and take from it what stands here. */
  async refreshAll() {
    const { ticket } = this;
    const page = ticket ? await look(`/t/${ticket}`) : null;
    if (!page || ticket !== this.ticket) return;
    const fresh = document.createElement("template");
    fresh.innerHTML = page;
    for (const item of fresh.content.querySelectorAll(`li[data-message], ${HEAD_PARTS.map((id) => `#${id}`)}`)) {
      const here = document.getElementById(item.id);
      if (here && !isPlaying(here)) htmx.swap({ text: item.outerHTML, target: here, swap: "outerMorph", sourceElement: here });
    }
    this.catchUp();
  }

  readSoon() {
    clearTimeout(this.reading);
    this.reading = setTimeout(() => this.read(), READ_EVERY);
  }

  /** Seen is what stands at the bottom of a page that somebody looks at. */
  async read() {
    const last = this.ticket ? this.last : 0;
    if (!last || last <= this.seen || document.visibilityState !== "visible" || !this.scroll.atEnd) return;
    const ticket = this.ticket;
    this.seen = last;
    const answer = await ask(`/t/${ticket}/read`, { method: "POST", body: new URLSearchParams({ message: last }) }).catch(() => null);
    if (answer) document.dispatchEvent(new CustomEvent("desk:touched", { detail: { ticket } }));
  }

  click(event) {
    const quote = event.target.closest("[data-jump]");
    if (quote) this.jump(Number(quote.dataset.jump));
    if (event.target.closest("#new-messages")) this.scroll.toEnd();
  }

  /** To a quoted message; one that is not loaded yet is fetched with everything between. */
  async jump(message) {
    let target = document.getElementById(`m${message}`);
    if (!target) {
      await this.loadBackTo(message);
      target = document.getElementById(`m${message}`);
    }
    if (target) this.scroll.flash(target);
  }

  async loadBackTo(message) {
    const button = document.getElementById("load-older");
    if (!button) return;
    const address = `/t/${this.ticket}/older?before=${button.dataset.before}&to=${message}`;
    await htmx.ajax("GET", address, { source: button, target: button.closest("li"), swap: "outerHTML" }).catch(() => {});
  }
}

function refresh(element) {
  // Not bubbling: what stands around it must not be refreshed as well.
  element?.dispatchEvent(new CustomEvent("refresh"));
}

function isPlaying(element) {
  return [...element.querySelectorAll("audio, video")].some((player) => !player.paused && !player.ended);
}
