// Unsent words: kept in this browser at once, on the server a second later, one save after another.

import { ask, csrfToken } from "./requests.js";

const PAUSE = 1000;
const MODES = ["reply", "note"];

export class Drafts {
  constructor(form, say) {
    this.address = form.dataset.drafts;
    this.key = `draft.${document.body.dataset.agent}.${form.dataset.ticket}`;
    this.say = say;
    this.saves = Promise.resolve();
    this.touched = false;
    this.texts = {};
    this.versions = {};
    this.dirty = { reply: false, note: false };
    for (const mode of MODES) this.load(form, mode);
  }

  text(mode) { return this.texts[mode]; }

  /** What this browser could not save wins: it is what was typed last here. So does what it saved while this very page
   *  was being made, which knows nothing of it. */
  load(form, mode) {
    const key = `${this.key}.${mode}`, saved = Number(recall(savedKey(key)));
    this.versions[mode] = Math.max(saved, Number(form.dataset[`${mode}Version`]));
    if (saved && this.versions[mode] > saved) forget(key);
    const kept = recall(key);
    this.texts[mode] = kept ?? form.dataset[`${mode}Text`];
    if (saved) return;
    if (kept !== null && kept !== form.dataset[`${mode}Text`]) {
      this.dirty[mode] = true;
      this.saveSoon();
    }
  }

  change(mode, text) {
    this.texts[mode] = text;
    this.dirty[mode] = this.touched = true;
    keep(`${this.key}.${mode}`, text);
    this.say("");
    this.saveSoon();
  }

  saveSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  flush() {
    clearTimeout(this.timer);
    if (isLeft()) return this.saves;
    for (const mode of MODES) if (this.dirty[mode]) this.saves = this.saves.then(() => this.save(mode));
    return this.saves;
  }

  async save(mode) {
    if (!this.dirty[mode]) return;
    const text = this.texts[mode];
    this.dirty[mode] = false;
    try {
      const body = new URLSearchParams({ text, version: this.versions[mode] + 1 });
      const answer = await ask(`${this.address}/${mode}`, { method: "POST", body, keepalive: text.length < 20_000 });
      this.versions[mode] = (await answer.json()).version;
      if (this.texts[mode] === text) this.saved(mode);
      this.say(text ? "draft_saved" : "");
    } catch (error) {
      await this.overtaken(mode, error);
    }
  }

  /** It is kept here until a page knows of it: the next one may have been on its way already. */
  saved(mode) {
    const key = `${this.key}.${mode}`;
    if (this.texts[mode]) remember(savedKey(key), this.versions[mode]);
    else forget(key);
  }

  /** Another tab saved later than we knew: our words are the newer ones, so they go on from its version. */
  async overtaken(mode, error) {
    this.dirty[mode] = true;
    if (error.status !== 409) { this.say("draft_local"); return; }
    this.versions[mode] = (await error.response.json()).version;
    await this.save(mode);
  }

  /** The words are being sent; saves under way come first, so that none can bring them back. */
  async sending(mode, send) {
    clearTimeout(this.timer);
    const text = this.texts[mode];
    this.texts[mode] = "";
    this.dirty[mode] = false;
    await this.saves;
    this.say("");
    try {
      const sent = await send();
      this.versions[mode] = Math.max(this.versions[mode], sent.version);
      if (this.texts[mode] === "") forget(`${this.key}.${mode}`);
      this.touched = true;
      return sent;
    } catch (error) {
      if (this.texts[mode] === "") keep(`${this.key}.${mode}`, text);
      throw error;
    }
  }

  /** The page goes away: one last message that the browser sends by itself. */
  flushAtEnd() {
    for (const mode of MODES) {
      if (!this.dirty[mode] || isLeft()) continue;
      const form = new FormData();
      form.set("csrf_token", csrfToken());
      form.set("text", this.texts[mode]);
      form.set("version", this.versions[mode] + 1);
      navigator.sendBeacon(`${this.address}/${mode}`, form);
    }
  }
}

// Another of the staff has signed in here: the box would keep the words as theirs.
function isLeft() { return "left" in document.body.dataset; }

/** Words of another ticket, for when it is opened next. */
export function keepUnsaved(ticket, mode, text) {
  keep(`draft.${document.body.dataset.agent}.${ticket}.${mode}`, text);
}

/** Which version the words under `key` have on the server; none while they are not there yet. */
function savedKey(key) { return `${key}.saved`; }

/** Words the server does not have: no page's own version may replace them. */
function keep(key, text) {
  remember(key, text);
  drop(savedKey(key));
}

function remember(key, text) {
  try { localStorage.setItem(key, text); } catch { /* a full or forbidden store: the server's copy remains */ }
}

function recall(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

function forget(key) {
  drop(key);
  drop(savedKey(key));
}

function drop(key) {
  try { localStorage.removeItem(key); } catch { /* nothing was kept there either */ }
}
