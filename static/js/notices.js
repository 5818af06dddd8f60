// The bell: how many wait, on the button, in the title and on the tab's icon; sounds and messages of the system.

import { badgeTab } from "./tab-badge.js";
import { playsHere } from "./one-tab.js";
import { ask } from "./requests.js";
import { Sounds } from "./sounds.js";
import { tellSystem } from "./system-notices.js";

const CONCERNS = new Set(["notice_left", "notices_read", "ticket_changed", "message_received"]);
// News come in bursts: they are asked for once.
const PATIENCE = 300;
const THROTTLE = 1500;

export function keepNotices() {
  const bell = document.getElementById("bell");
  if (bell) new Bell(bell);
}

class Bell {
  #last;
  #asking = null;
  #heard = 0;

  constructor(bell) {
    this.bell = bell;
    this.list = document.getElementById("bell-list");
    this.page = document.getElementById("notices-page");
    this.#last = Number(bell.dataset.last);
    this.sounds = new Sounds(bell.dataset.sound === "1", Number(bell.dataset.volume));
    badgeTab(Number(bell.dataset.unread));
    document.addEventListener("live:events", ({ detail }) => { if (detail.events.some((event) => CONCERNS.has(event.kind))) this.#askSoon(); });
    document.addEventListener("live:reset", () => this.#ask({ silent: true }));
    this.list.addEventListener("toggle", ({ newState }) => this.#toggled(newState === "open"));
    for (const place of [this.list, this.page]) place?.addEventListener("click", (event) => { if (event.target.closest("[data-read-all]")) this.#readAll(); });
  }

  #askSoon() {
    this.#asking ??= setTimeout(() => { this.#asking = null; this.#ask({ silent: false }); }, PATIENCE);
  }

  /** After a long silence nothing is played: a whole night's news at once tell nobody anything. */
  async #ask({ silent }) {
    const answer = await fetch(`${this.bell.dataset.news}?after=${this.#last}`).catch(() => null);
    if (!answer?.ok) return;
    const { count, last, news } = await answer.json();
    this.#last = Math.max(this.#last, last);
    this.#show(count);
    if (silent) return;
    const worth = news.filter((one) => !one.silent && !isLookedAt(one.ticket));
    if (worth.length && Date.now() - this.#heard > THROTTLE && (await playsHere(last))) this.#tell(worth);
  }

  #tell(news) {
    this.#heard = Date.now();
    this.sounds.play(news[0].kind);
    if (this.bell.dataset.system === "1") tellSystem(news);
  }

  #show(count) {
    for (const badge of document.querySelectorAll("[data-notices]")) {
      badge.hidden = !count;
      badge.querySelector("[data-number]").textContent = count;
    }
    badgeTab(count);
    if (this.list.matches(":popover-open")) this.#fill(this.list);
    if (this.page) this.#fill(this.page);
  }

  #toggled(open) {
    this.bell.setAttribute("aria-expanded", open);
    if (open) this.#fill(this.list);
  }

  async #fill(place) {
    const answer = await fetch(this.bell.dataset.list).catch(() => null);
    if (answer?.ok) place.innerHTML = await answer.text();
  }

  async #readAll() {
    const answer = await ask(this.bell.dataset.read, { method: "POST" }).catch(() => null);
    if (!answer?.ok) return;
    this.#show(0);
    if (this.list.matches(":popover-open")) this.bell.focus();
  }
}

/** The chat somebody has before their eyes needs no bell. */
function isLookedAt(ticket) {
  const open = document.getElementById("workplace")?.dataset.ticket;
  return document.visibilityState === "visible" && document.hasFocus() && Number(open) === ticket;
}
