// The outline of a voice as bars, drawn twice: all of it, and the part already heard on top.

import { drawing } from "./elements.js";

const HEIGHT = 28;
const MOST_BARS = 56;
const [WIDTH, STEP] = [2, 3];

/** {svg, show(part)}: the drawing, and a function that marks 0 to 1 of it as heard. */
export function waveform(peaks) {
  const bars = folded(peaks.length ? peaks : new Array(MOST_BARS).fill(0));
  const width = bars.length * STEP - (STEP - WIDTH);
  const shape = bars.map(bar).join("");
  // A nested svg cuts off what stands beyond its width.
  const heard = drawing("svg", { width: 0, height: HEIGHT }, drawing("path", { part: "heard", d: shape }));
  const svg = drawing(
    "svg",
    { part: "bars", viewBox: `0 0 ${width} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    drawing("path", { part: "rest", d: shape }),
    heard,
  );
  return { svg, show: (part) => heard.setAttribute("width", String(Math.max(0, Math.min(1, part)) * width)) };
}

/** As many bars as a bubble has room for, each the highest of those it stands for. */
function folded(peaks) {
  const count = Math.min(MOST_BARS, peaks.length);
  return Array.from({ length: count }, (_, index) => {
    const first = Math.floor((index * peaks.length) / count);
    const next = Math.floor(((index + 1) * peaks.length) / count);
    return Math.max(...peaks.slice(first, next));
  });
}

function bar(peak, index) {
  const height = Math.max(2, (Math.min(100, peak || 0) / 100) * HEIGHT);
  return `M${index * STEP} ${(HEIGHT - height) / 2}h${WIDTH}v${height}h-${WIDTH}z`;
}
