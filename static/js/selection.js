// Messages chosen for another ticket: a box beside each, Shift for a range, arrows to walk, Escape to leave.

import { word } from "./words.js";

/** `ways`: what the bar's buttons do with a ticket and the numbers of its messages. */
export function keepSelection(ways) {
  const selection = new Selection(ways);
  document.addEventListener("desk:message", ({ detail }) => { if (detail.what === "select") selection.begin(detail.message); });
  document.addEventListener("click", (event) => selection.click(event), true);
  document.addEventListener("keydown", (event) => selection.key(event));
  document.addEventListener("desk:arranged", () => selection.end());
}

class Selection {
  chosen = new Set();
  anchor = null;

  constructor(ways) {
    this.ways = ways;
    // News draw bubbles anew, and bring others.
    this.watcher = new MutationObserver(() => this.show());
  }

  get bar() { return document.getElementById("selection"); }
  get active() { return Boolean(this.bar && !this.bar.hidden); }

  /** What can be chosen: the words of this ticket, not those of its neighbours in the chat. */
  get bubbles() {
    return [...document.querySelectorAll(`#log-items > li[data-message][data-ticket="${this.bar.dataset.ticket}"]`)];
  }

  begin(message = null) {
    if (!this.bar || this.bar.hasAttribute("data-subtask")) return;
    this.chosen.clear();
    this.anchor = null;
    this.bar.hidden = false;
    this.bar.closest(".chat").classList.add("selecting");
    if (message) this.choose(message, true);
    this.watcher.observe(document.getElementById("log-items"), { childList: true, subtree: true });
    this.show();
    document.querySelector(message ? `#m${message} .message-check` : ".message-check")?.focus();
  }

  end() {
    this.watcher.disconnect();
    for (const box of document.querySelectorAll(".message-check")) box.remove();
    for (const bubble of document.querySelectorAll(".message-chosen")) bubble.classList.remove("message-chosen");
    if (!this.bar) return;
    this.bar.hidden = true;
    this.bar.closest(".chat").classList.remove("selecting");
  }

  /** Every bubble has a box, and the box tells the truth. */
  show() {
    for (const bubble of this.bubbles) {
      const box = bubble.querySelector(".message-check") ?? addBox(bubble);
      const chosen = this.chosen.has(Number(bubble.dataset.message));
      if (box.checked !== chosen) box.checked = chosen;
      if (bubble.classList.contains("message-chosen") !== chosen) bubble.classList.toggle("message-chosen", chosen);
    }
    const words = word("selected", { count: this.chosen.size });
    const count = document.getElementById("selection-count");
    if (count.textContent !== words) count.textContent = words;
    for (const way of ["split", "move"]) this.bar.querySelector(`[data-selected="${way}"]`).disabled = !this.chosen.size;
  }

  choose(message, wanted) {
    if (wanted) this.chosen.add(message);
    else this.chosen.delete(message);
    this.anchor = message;
  }

  /** From the one touched last to this one. */
  chooseRange(message) {
    const all = this.bubbles.map((bubble) => Number(bubble.dataset.message));
    const [from, to] = [all.indexOf(this.anchor), all.indexOf(message)].sort((one, other) => one - other);
    if (from < 0) this.choose(message, true);
    else for (const each of all.slice(from, to + 1)) this.chosen.add(each);
    this.anchor = message;
  }

  click(event) {
    if (event.target.closest("[data-select]")) { this.begin(); return; }
    if (!this.active) return;
    const pressed = event.target.closest("[data-selected]");
    if (pressed) { this.press(pressed.dataset.selected); return; }
    const bubble = event.target.closest("#log-items > li[data-message]");
    if (!bubble) return;
    // What a bubble does otherwise (links, pictures, its menu) waits until the choice is over.
    event.stopPropagation();
    if (!event.target.matches(".message-check")) event.preventDefault();
    if (bubble.dataset.ticket === this.bar.dataset.ticket) this.toggle(bubble, event.shiftKey);
  }

  toggle(bubble, range) {
    const message = Number(bubble.dataset.message);
    if (range && this.anchor) this.chooseRange(message);
    else this.choose(message, !this.chosen.has(message));
    // A box that was pressed is set by the browser once this event is over.
    setTimeout(() => { if (this.active) this.show(); });
  }

  press(way) {
    const messages = [...this.chosen].sort((one, other) => one - other);
    if (way === "cancel") this.end();
    else if (messages.length) this.ways[way](this.bar.dataset.ticket, messages);
  }

  key(event) {
    if (!this.active || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") { event.preventDefault(); this.end(); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches?.(".message-check")) return;
    event.preventDefault();
    const boxes = [...document.querySelectorAll(".message-check")];
    const next = boxes[boxes.indexOf(event.target) + step];
    if (!next) return;
    next.focus();
    next.closest("li").scrollIntoView({ block: "nearest" });
    if (event.shiftKey) this.chooseRange(Number(next.closest("li").dataset.message));
    this.show();
  }
}

function addBox(bubble) {
  const who = bubble.querySelector(".bubble > .hidden")?.textContent.trim() ?? "";
  const box = Object.assign(document.createElement("input"), { type: "checkbox", className: "message-check" });
  box.setAttribute("aria-label", word("select_message", { message: who }));
  bubble.prepend(box);
  return box;
}
