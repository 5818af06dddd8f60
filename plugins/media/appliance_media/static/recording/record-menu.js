// <record-menu data-words='{…}'>: a voice, a round video, a video or the screen is recorded and put among the files to be
// sent. It knows the composer by its form's data and by one event.

import { bytesFor } from "./limits.js";
import { Level } from "./level.js";
import { Panel } from "./panel.js";
import { wordsOf } from "./saying.js";
import { Session } from "./session.js";
import { UnableDialog } from "./unable-dialog.js";
import { offerUnfinished } from "./unfinished.js";

class RecordMenu extends HTMLElement {
  #leaving = new AbortController();
  #session = null;

  connectedCallback() {
    if (this.#session) return;
    const words = wordsOf(this);
    const form = this.closest("form");
    const opener = this.querySelector("summary");
    const root = this.querySelector("[data-panel]");
    const field = form.querySelector("textarea");
    // Where everything stands that goes along with the words.
    field.parentElement.before(root);
    const panel = new Panel(root, words);
    const desk = {
      words,
      panel,
      level: new Level(panel.level, () => panel.tell(words("silent"))),
      owner: `${document.body.dataset.agent}:${form.dataset.ticket}`,
      bytes: () => bytesFor(form),
      leave: () => opener.focus(),
      explain: (kind, reason) => dialog.show(kind, reason),
      /** Into the tray; the words for it come next. */
      hand: (file, kind) => {
        form.dispatchEvent(new CustomEvent("appliance:attach", { bubbles: true, detail: { file, kind: kind === "screen" ? "video" : kind } }));
        panel.say(words("attached"));
        (field.disabled ? opener : field).focus();
      },
    };
    const session = (this.#session = new Session(desk));
    const begin = (kind) => session.begin(kind);
    const dialog = new UnableDialog(this.querySelector("dialog"), words, desk.hand, begin);
    this.querySelector("[data-insecure]").hidden = isSecureContext;
    for (const item of this.querySelectorAll("[data-record]")) item.addEventListener("click", () => begin(item.dataset.record));
    panel.listen(session.acts);
    // A browser that keeps nothing has nothing to offer.
    offerUnfinished(desk.owner, this.#leaving.signal, (take) => session.offer(take)).catch(() => {});
  }

  /** The page shows another ticket: what was recorded so far is offered when somebody comes back. */
  disconnectedCallback() {
    this.#leaving.abort();
    this.#session.leave();
  }
}

customElements.define("record-menu", RecordMenu);
