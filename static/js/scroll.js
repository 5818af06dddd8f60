// The scroll contract of a conversation: follow only who is at the end, keep the place when older messages are loaded.

import { quieten, settle } from "./log-busy.js";
import { tidy } from "./log-tidy.js";
import { word } from "./words.js";

const NEAR = 100;
const BREATH = 24;

export class Scroll {
  /** `onMove`: the reader sees something else now. `onReturn`: they want the end, and it is not loaded. */
  constructor(onMove, onReturn) {
    this.log = document.getElementById("log");
    this.items = document.getElementById("log-items");
    this.pill = document.getElementById("new-messages");
    this.onMove = onMove;
    this.onReturn = onReturn;
    this.missed = 0;
    this.following = true;
    this.leaving = new AbortController();
    const { signal } = this.leaving;
    this.log.addEventListener("scroll", () => this.scrolled(), { signal, passive: true });
    document.addEventListener("htmx:before:swap", (event) => this.beforeSwap(event), { signal });
    document.addEventListener("htmx:after:swap", () => this.afterSwap(), { signal });
    // Pictures and players grow after they were placed, the keyboard of a phone shrinks the log.
    this.sizes = new ResizeObserver(() => { if (this.following) this.jumpToEnd(); });
    this.sizes.observe(this.items);
    this.sizes.observe(this.log);
  }

  /** What stands here ends before the chat does. */
  get detached() {
    return Boolean(this.items.querySelector(".later"));
  }

  get atEnd() {
    return !this.detached && this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
  }

  /** First at the first unread message of the ticket, else at its last one: what follows may belong to others. */
  open(ticket) {
    const unread = document.getElementById("new-line");
    const last = [...this.items.querySelectorAll("li[data-message]")];
    const own = last.filter((item) => Number(item.dataset.ticket) === ticket).at(-1);
    if (unread) this.log.scrollTop = unread.offsetTop - this.log.clientHeight / 4;
    else if (own && own !== last.at(-1)) this.log.scrollTop = own.offsetTop + own.offsetHeight + BREATH - this.log.clientHeight;
    else this.jumpToEnd();
    this.following = this.atEnd;
    this.show(0);
  }

  /** Whether an item, or nearly so, has come up from below the fold. */
  hasReached(item) {
    return item.getBoundingClientRect().bottom <= this.log.getBoundingClientRect().bottom + NEAR;
  }

  /** Do something that adds `count` unseen messages at the end. */
  around(change, count) {
    const follow = this.atEnd;
    change();
    if (follow) this.toEnd();
    else this.show(this.missed + count);
  }

  toEnd() {
    if (this.detached) { this.onReturn(); return; }
    this.following = true;
    this.jumpToEnd();
    this.show(0);
    this.onMove();
  }

  flash(item) {
    this.following = false;
    item.scrollIntoView({ block: "center" });
    item.classList.remove("flash");
    requestAnimationFrame(() => item.classList.add("flash"));
    item.focus({ preventScroll: true });
  }

  /** The message at the top of what is seen, and how far from it. */
  place(bubbles) {
    const edge = this.log.getBoundingClientRect().top;
    const top = bubbles.find((bubble) => bubble.getBoundingClientRect().bottom > edge);
    return top ? { message: top.dataset.message, offset: top.getBoundingClientRect().top - edge } : null;
  }

  returnTo({ message, offset }) {
    const bubble = document.getElementById(`m${message}`);
    this.following = false;
    this.log.scrollTop += bubble.getBoundingClientRect().top - this.log.getBoundingClientRect().top - offset;
  }

  leave() {
    this.leaving.abort();
    this.sizes.disconnect();
  }

  jumpToEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  scrolled() {
    this.following = this.atEnd;
    if (this.following) this.show(0);
    this.onMove();
  }

  /** The pill: how much came in below, or the way back from among old messages. */
  show(missed) {
    const { detached } = this;
    this.missed = missed;
    this.pill.hidden = missed === 0 && !detached;
    if (!this.pill.hidden) this.pill.querySelector("span").textContent = missed ? word("new_messages", { count: missed }) : word("to_newest");
  }

  // Loading older: the message that stood at the top stays where it stood, in browsers without anchoring as well.
  beforeSwap(event) {
    const target = event.detail.ctx.target;
    if (!target?.matches?.("#log-items > .older")) return;
    quieten(this.log);
    const anchor = target.matches(".later") ? target.previousElementSibling : nextMessage(target);
    if (anchor) this.kept = { anchor, top: anchor.getBoundingClientRect().top };
    else settle(this.log);
  }

  afterSwap() {
    if (!this.kept) return;
    const { anchor, top } = this.kept;
    this.kept = null;
    tidy(this.items);
    this.log.scrollTop += anchor.getBoundingClientRect().top - top;
    settle(this.log);
    this.show(this.missed);
  }
}

// Not a line between messages: it goes when the stretch above says the same.
function nextMessage(item) {
  let next = item.nextElementSibling;
  while (next && !next.dataset.message) next = next.nextElementSibling;
  return next;
}
