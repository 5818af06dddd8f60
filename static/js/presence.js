// Colleagues see who has a ticket open and who writes in it: this page tells it while somebody can see it, and shows
// what the others do.

import { ask, csrfToken, look } from "./requests.js";

const EVERY = 10_000;
const TYPING_EVERY = 3000;
const STOPPED = 4000;
const SETTLE = 100;
// What is shown is looked at again once it should be over: news of it may have been missed.
const GRACE = 300;

export function keepPresence() {
  const presence = new Presence();
  setInterval(() => presence.beat(), EVERY);
  document.addEventListener("visibilitychange", () => presence.turn());
  document.addEventListener("input", (event) => { if (event.target.id === "composer-text") presence.type(event.target); });
  document.addEventListener("desk:sending", () => presence.stop());
  document.addEventListener("live:presence", ({ detail }) => presence.hear(detail.pairs));
  addEventListener("pagehide", () => presence.leave());
  addEventListener("pageshow", (event) => { if (event.persisted) presence.turn(); });
  return presence;
}

class Presence {
  ticket = null;
  told = "";
  toldAt = -Infinity;

  /** Another ticket stands here now, or none. */
  mount() {
    const ticket = Number(document.querySelector(".chat[data-ticket]")?.dataset.ticket) || null;
    if (ticket === this.ticket) return;
    this.leave();
    clearTimeout(this.stopping);
    this.ticket = ticket;
    this.doing = "viewing";
    this.beat();
    this.lookAgain();
  }

  turn() {
    if (document.visibilityState === "visible") this.beat();
    else this.leave();
  }

  /** Tell it, and take what the others do from the answer. */
  async beat() {
    const { ticket, doing } = this;
    if (!ticket || document.visibilityState !== "visible") return;
    this.told = doing;
    this.toldAt = performance.now();
    // Nobody minds when it is not told: the next beat is near.
    const answer = await ask(address(ticket), { method: "POST", body: new URLSearchParams({ doing }) }).catch(() => null);
    if (answer) this.show(ticket, await answer.text());
  }

  type(field) {
    const form = field.closest("form");
    clearTimeout(this.stopping);
    if (!field.value.trim()) { this.stop(); return; }
    this.doing = form.dataset.mode;
    this.stopping = setTimeout(() => this.stop(), STOPPED);
    if (this.told !== this.doing || performance.now() - this.toldAt >= TYPING_EVERY) this.beat();
  }

  /** The letter is sent, or nothing was typed for a while. */
  stop() {
    clearTimeout(this.stopping);
    if (this.doing === "viewing") return;
    this.doing = "viewing";
    this.beat();
  }

  /** The browser sends it by itself, even when the page goes away. */
  leave() {
    if (!this.ticket) return;
    const form = new FormData();
    form.set("csrf_token", csrfToken());
    form.set("doing", "gone");
    navigator.sendBeacon(address(this.ticket), form);
    this.told = "";
  }

  /** What I do myself is no news. */
  hear(pairs) {
    const me = Number(document.body.dataset.agent);
    const tickets = new Set(pairs.filter(([, agent]) => agent !== me).map(([ticket]) => ticket));
    for (const ticket of tickets) document.getElementById(`row-${ticket}`)?.dispatchEvent(new CustomEvent("refresh"));
    if (tickets.has(this.ticket)) this.fetchSoon();
  }

  fetchSoon() {
    clearTimeout(this.fetching);
    this.fetching = setTimeout(() => this.fetch(), SETTLE);
  }

  async fetch() {
    const { ticket } = this;
    if (ticket) this.show(ticket, await look(address(ticket)));
  }

  async show(ticket, html) {
    const here = document.getElementById("colleagues");
    if (!html || !here || Number(here.dataset.ticket) !== ticket) return;
    await htmx.swap({ text: html, target: here, swap: "outerMorph", sourceElement: here });
    this.lookAgain();
  }

  lookAgain() {
    clearTimeout(this.again);
    const seconds = Number(document.getElementById("colleagues")?.dataset.again);
    if (seconds) this.again = setTimeout(() => this.fetch(), seconds * 1000 + GRACE);
  }
}

function address(ticket) {
  return `/t/${ticket}/presence`;
}
