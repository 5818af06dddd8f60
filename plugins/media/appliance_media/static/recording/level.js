// How loud it is, drawn as bars that move on; and a word when nothing is heard at all.

import { drawing } from "../elements.js";

const BARS = 32;
const EVERY = 100;
const [WIDTH, STEP, HEIGHT] = [3, 5, 28];
const QUIETEST = -55;
// Even a quiet room is louder than a muted microphone.
const NOTHING = 0.0005;
const SILENT_AFTER = 4000;

export class Level {
  #context = null;
  #timer = 0;

  /** `silent` is called when the first seconds bring no sound. */
  constructor(svg, silent) {
    this.svg = svg;
    this.silent = silent;
  }

  start(stream) {
    this.stop();
    this.svg.replaceChildren();
    if (!stream.getAudioTracks().length) return;
    const bars = Array.from({ length: BARS }, (_, index) => drawing("rect", { x: index * STEP, width: WIDTH, rx: 1 }));
    this.svg.setAttribute("viewBox", `0 0 ${BARS * STEP} ${HEIGHT}`);
    this.svg.replaceChildren(...bars);
    this.#context = new AudioContext();
    const analyser = this.#context.createAnalyser();
    analyser.fftSize = 2048;
    this.#context.createMediaStreamSource(stream).connect(analyser);
    this.#listen(analyser, bars);
  }

  stop() {
    clearInterval(this.#timer);
    this.#context?.close();
    this.#context = null;
  }

  #listen(analyser, bars) {
    const samples = new Float32Array(analyser.fftSize);
    const heard = new Array(BARS).fill(0);
    const since = performance.now();
    let loudest = 0;
    let told = false;
    const look = () => {
      analyser.getFloatTimeDomainData(samples);
      const loud = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      loudest = Math.max(loudest, loud);
      heard.push(heightOf(loud));
      heard.shift();
      bars.forEach((bar, index) => draw(bar, heard[index]));
      if (!told && loudest < NOTHING && performance.now() - since > SILENT_AFTER) { told = true; this.silent(); }
    };
    look();
    this.#timer = setInterval(look, EVERY);
  }
}

/** Ears count in decibels. */
function heightOf(loud) {
  const decibels = loud > 0 ? 20 * Math.log10(loud) : QUIETEST;
  return Math.max(0, Math.min(1, 1 - decibels / QUIETEST));
}

function draw(bar, part) {
  const height = Math.max(2, part * HEIGHT);
  bar.setAttribute("y", String((HEIGHT - height) / 2));
  bar.setAttribute("height", String(height));
}
