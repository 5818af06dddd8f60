// Three short sounds, made on the spot: somebody new, something of mine, somebody calls me.

const TUNES = {
  new: [[660, 0], [880, 0.12]],
  mine: [[740, 0]],
  call: [[880, 0], [660, 0.1], [880, 0.2]],
};
const TUNE_OF = { new: "new", offered: "new", mention: "call", overdue: "call", undelivered: "call" };
const LENGTH = 0.18;

export class Sounds {
  #context = null;

  constructor(wanted, volume) {
    this.wanted = wanted;
    this.volume = volume / 100;
    if (wanted) this.#offer();
  }

  /** Play what belongs to a kind of notice; nothing while the browser forbids it. */
  play(kind) {
    if (!this.wanted || !this.volume) return;
    const context = this.#open();
    if (context.state !== "running") {
      this.#showBar();
      return;
    }
    for (const [pitch, after] of TUNES[TUNE_OF[kind] ?? "mine"]) this.#beep(context, pitch, context.currentTime + after);
  }

  #beep(context, pitch, at) {
    const tone = new OscillatorNode(context, { frequency: pitch, type: "sine" });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(this.volume * 0.5, at + 0.01);
    gain.gain.exponentialRampToValueAtTime(0.001, at + LENGTH);
    tone.connect(gain).connect(context.destination);
    tone.start(at);
    tone.stop(at + LENGTH);
  }

  #open() {
    this.#context ??= new AudioContext();
    return this.#context;
  }

  /** Browsers are silent until the first press on a page: any press will do. */
  #offer() {
    const wake = () => this.#open().resume().then(() => { document.getElementById("sound-bar").hidden = true; }, () => {});
    addEventListener("pointerdown", wake, { once: true, capture: true });
    addEventListener("keydown", wake, { once: true, capture: true });
  }

  #showBar() {
    document.getElementById("sound-bar").hidden = false;
  }
}
