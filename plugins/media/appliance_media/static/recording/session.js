// From the press to the file: ask for the devices, record, play, attach or discard. One at a time.

import { quietFilms } from "../one-at-a-time.js";
import { player } from "../voice-player.js";
import { Unable, openSource } from "./devices.js";
import { fileOf, formatFor } from "./formats.js";
import { ASK_FROM_SECONDS, LEAST_SECONDS, LIMITS } from "./limits.js";
import { playerOf, release } from "./player.js";
import { Recording } from "./recording.js";
import { moment, sizeWords, spoken } from "./saying.js";
import { read } from "./shelf.js";
import { Take, leftTake } from "./take.js";

export class Session {
  // One of these at most: what is asked for, what runs, what was made {blob, kind, started, seconds}.
  #asking = null;
  #recording = null;
  #made = null;
  #take = null;
  #atRest = () => {};
  #desk;

  /** `desk`: {words, panel, level, owner, bytes(), leave(), explain(kind, reason), hand(file, kind)}. */
  constructor(desk) {
    this.#desk = desk;
    this.acts = {
      pause: () => this.#turn(),
      stop: () => this.#recording?.stop(),
      cancel: () => this.#cancel(),
      discard: () => this.#discard("discarded"),
      stay: () => this.#desk.panel.unask(),
      again: () => this.#again(),
      attach: () => this.#attach(),
      resume: () => this.#resume(),
    };
  }

  async begin(kind) {
    const { panel, words, leave } = this.#desk;
    // The pressed item vanishes with its menu.
    leave();
    if (panel.state) {
      panel.focus();
      return;
    }
    const asking = (this.#asking = {});
    panel.tell("");
    if (isSecureContext) panel.ask(kind, words(`ask_${kind}`));
    try {
      const source = await openSource(kind);
      if (this.#asking === asking) this.#start(kind, source);
      else source.close();
    } catch (error) {
      if (this.#asking === asking) this.#explain(kind, error);
    }
  }

  #explain(kind, error) {
    const { panel, words, leave, explain } = this.#desk;
    this.#rest();
    leave();
    if (error.reason === "not_shared") panel.say(words("not_shared"));
    else explain(kind, error.reason ?? "failed");
  }

  #start(kind, source) {
    const { panel, words, level, owner } = this.#desk;
    const bytes = this.#desk.bytes();
    const recording = this.#open(kind, source, bytes);
    this.#take = new Take(owner, recording, () => panel.tell(words("no_copy")));
    recording.addEventListener("tick", () => { if (this.#recording === recording) panel.tick(recording, kind === "voice" ? 0 : bytes); });
    recording.addEventListener("end", ({ detail }) => { if (this.#recording === recording) this.#ended(detail); });
    // What the page plays would be recorded, too.
    player.pause();
    quietFilms();
    recording.start();
    this.#asking = null;
    this.#recording = recording;
    panel.begin(recording);
    panel.tell(words(`lacks_${source.lacks}`));
    panel.say(words("begun", { what: words(kind) }));
    level.start(source.stream);
    // Whoever films sees what; of the screen there is no picture in the picture.
    if (kind === "video" || kind === "video_note") panel.mirror(source.stream);
  }

  #open(kind, source, bytes) {
    try {
      const type = formatFor(kind);
      if (!type) throw new Unable("unsupported");
      return new Recording(kind, source, type, bytes);
    } catch (error) {
      source.close();
      throw error;
    }
  }

  #turn() {
    if (!this.#recording) return;
    const { panel, words } = this.#desk;
    const resting = this.#recording.turn();
    panel.turned(this.#recording);
    panel.say(words(resting ? "paused" : "goes_on", { time: spoken(this.#recording.seconds) }));
  }

  #ended({ blob, seconds, why }) {
    const { panel, words, bytes } = this.#desk;
    const { kind, started } = this.#recording;
    if (seconds < LEAST_SECONDS || !blob.size) {
      this.#discard("short");
      panel.tell(words("short"));
      return;
    }
    this.#recording = null;
    this.#check({ blob, kind, started, seconds });
    panel.tell(words(`ended_${why}`, { time: spoken(LIMITS[kind].seconds), size: sizeWords(bytes()) }));
  }

  #check(made) {
    const { panel, words, level } = this.#desk;
    level.stop();
    this.#made = made;
    panel.check(made.kind, playerOf(made.blob, made.kind, made.seconds, words));
    panel.say(words("recorded", { time: spoken(made.seconds) }));
  }

  #cancel() {
    const { panel } = this.#desk;
    const seconds = this.#made?.seconds ?? this.#recording?.seconds ?? 0;
    if (panel.state === "offering") return;
    if (seconds > ASK_FROM_SECONDS) panel.question(seconds);
    else this.#discard("discarded");
  }

  #discard(said) {
    const { panel, words, leave } = this.#desk;
    this.#take?.forget();
    this.#rest();
    panel.say(words(said));
    leave();
  }

  #again() {
    const { kind } = this.#made;
    this.#discard("");
    this.begin(kind);
  }

  #attach() {
    const { blob, kind, started } = this.#made;
    this.#take?.forget();
    this.#rest();
    this.#desk.hand(fileOf(blob, kind, started), kind);
  }

  /** Nothing is asked, recorded or shown any more. */
  #rest() {
    const { panel, level } = this.#desk;
    const running = this.#recording;
    this.#asking = this.#recording = this.#made = this.#take = null;
    running?.stop();
    level.stop();
    release(panel.stage);
    panel.show("");
    this.#atRest();
  }

  /** Settled once the recording that was left is attached or discarded. */
  async offer(kept) {
    const { panel, words } = this.#desk;
    while (panel.state) await this.#free();
    const take = (this.#take = leftTake(kept));
    panel.offer(kept.kind, words("offered", { when: moment(kept.started), time: spoken(kept.seconds) }));
    await this.#free();
    await take.gone;
  }

  #free() {
    return new Promise((done) => { this.#atRest = done; });
  }

  async #resume() {
    const { kept } = this.#take;
    this.#check({ ...kept, blob: await read(kept) });
  }

  /** For good: what runs ends, and stays on the shelf. */
  leave() {
    const [take, running] = [this.#take, this.#recording];
    if (running?.running) running.addEventListener("end", () => take.leave(), { once: true });
    else take?.leave();
    this.#rest();
  }
}
