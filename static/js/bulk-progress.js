// The progress of a job over many tickets: asked for while it runs; its one undo stays until it is closed.

import { ask, look } from "./requests.js";
import { toast } from "./toasts.js";
import { word } from "./words.js";

const EVERY = 600;

export function keepBulkProgress() {
  const progress = new BulkProgress();
  document.addEventListener("click", (event) => {
    const undo = event.target.closest("#bulk-undo");
    if (undo) progress.undo(undo.dataset.undo);
    if (event.target.closest("#bulk-close")) progress.close();
  });
  progress.follow();
  return progress;
}

class BulkProgress {
  get place() { return document.getElementById("bulk-progress"); }

  /** What the box answered; goes on asking while the job runs. */
  show(html) {
    const focused = document.activeElement?.id;
    this.place.outerHTML = html;
    if (focused === "bulk-undo") (document.getElementById("bulk-undo") ?? document.getElementById("bulk-close"))?.focus();
    this.follow();
  }

  follow() {
    clearTimeout(this.timer);
    if (this.place?.hasAttribute("data-active")) this.timer = setTimeout(() => this.look(), EVERY);
  }

  async look() {
    const html = await look(this.place?.dataset.job);
    if (!this.place) return;
    if (html === null) this.follow();
    else this.show(html);
  }

  async undo(address) {
    try {
      const answer = await ask(address, { method: "POST" });
      this.show(await answer.text());
    } catch (error) {
      toast(error.words ?? word("offline"), { danger: true });
    }
  }

  close() {
    this.place.hidden = true;
    document.getElementById("select-several")?.focus();
  }
}
