// The scroll contract of a conversation: follow only who is at the end, keep the place when older messages are loaded.

import { word } from "./words.js";

const NEAR = 100;

export class Scroll {
  constructor(onEnd) {
    this.log = document.getElementById("log");
    this.items = document.getElementById("log-items");
    this.pill = document.getElementById("new-messages");
    this.onEnd = onEnd;
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

  get atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
  }

  /** First at the message the address names, else at the first unread one, else at the end. */
  open(hash) {
    const named = /^#m\d+$/.test(hash) ? this.items.querySelector(hash) : null;
    const unread = document.getElementById("new-line");
    if (named) {
      this.following = false;
      this.flash(named);
    } else if (unread) {
      this.log.scrollTop = unread.offsetTop - this.log.clientHeight / 4;
      this.following = this.atEnd;
    } else {
      this.jumpToEnd();
    }
  }

  /** Do something that adds `count` unseen messages at the end. */
  around(change, count) {
    const follow = this.atEnd;
    change();
    if (follow) this.toEnd();
    else this.show(this.missed + count);
  }

  toEnd() {
    this.following = true;
    this.jumpToEnd();
    this.show(0);
    this.onEnd();
  }

  flash(item) {
    item.scrollIntoView({ block: "center" });
    item.classList.remove("flash");
    requestAnimationFrame(() => item.classList.add("flash"));
    item.focus({ preventScroll: true });
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
    if (!this.following) return;
    this.show(0);
    this.onEnd();
  }

  show(missed) {
    this.missed = missed;
    this.pill.hidden = missed === 0;
    if (missed) this.pill.querySelector("span").textContent = word("new_messages", { count: missed });
  }

  // Loading older: the message that stood at the top stays where it stood, in browsers without anchoring as well.
  beforeSwap(event) {
    const target = event.detail.ctx.target;
    if (!target?.matches?.(".older")) return;
    this.log.setAttribute("aria-busy", "true");
    const anchor = target.nextElementSibling;
    if (anchor) this.kept = { anchor, top: anchor.getBoundingClientRect().top };
  }

  afterSwap() {
    if (!this.kept) return;
    const { anchor, top } = this.kept;
    this.kept = null;
    this.log.scrollTop += anchor.getBoundingClientRect().top - top;
    this.log.setAttribute("aria-busy", "false");
  }
}
