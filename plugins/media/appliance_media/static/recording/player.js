// Hearing and seeing a recording before it is attached.

import { element } from "../elements.js";

/** An element that plays the recording; `words` label it. Let go of it with `release`. */
export function playerOf(blob, kind, seconds, words) {
  const source = URL.createObjectURL(blob);
  const player = element(kind === "voice" ? "audio" : "video", { controls: "", playsinline: "", preload: "auto", "aria-label": words("preview_of", { what: words(kind) }) });
  measure(player);
  player.src = source;
  player.className = "record-player";
  return kind === "video_note" ? rounded(player, seconds, words) : player;
}

export function release(shown) {
  const player = shown?.querySelector("audio, video");
  if (!player?.src) return;
  player.pause();
  URL.revokeObjectURL(player.src);
  shown.replaceChildren();
}

/** A recorder writes no length: it is known once the end has been looked at. */
function measure(player) {
  player.addEventListener("loadedmetadata", () => {
    if (Number.isFinite(player.duration)) return;
    player.addEventListener("durationchange", () => { player.currentTime = 0; }, { once: true });
    player.currentTime = 1e7;
  }, { once: true });
}

function rounded(player, seconds, words) {
  const texts = Object.fromEntries(["play", "pause", "slider", "position", "speed"].map((name) => [`text-${name}`, words(name)]));
  return element("round-video", { duration: seconds, ...texts }, player);
}
