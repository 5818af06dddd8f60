// A live location in an open page: the way it came on its map, and grey once nobody has heard of it for a while.

import { sheetOf } from "./load.js";
import { TrailLine } from "./trail-line.js";

const CLOSEST = 13;
// Room for the pin, which stands above its place.
const EDGE = [28, 44];
const trails = new WeakMap();

document.addEventListener("location-map:drawn", ({ target, detail }) => {
  if (!target.getAttribute("live")) return;
  trails.get(target)?.leave();
  trails.set(target, new LiveTrail(target, detail.map));
});

document.addEventListener("live-age:state", ({ target, detail }) => {
  for (const map of target.closest(".maps-place")?.querySelectorAll("location-map") ?? []) {
    map.toggleAttribute("stale", detail.state !== "live");
  }
});

class LiveTrail {
  #asking = false;
  #again = false;

  constructor(element, map) {
    this.element = element;
    this.map = map;
    this.line = new TrailLine(map);
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: sheetOf(element, "live.css") });
    element.shadowRoot.append(style);
    this.watch = new MutationObserver(() => this.show());
    this.watch.observe(element, { attributeFilter: ["lat", "lon"] });
    this.show();
  }

  leave() {
    this.watch.disconnect();
  }

  /** The first time all of it is brought into view; after that the map is the reader's. */
  draw(trail) {
    this.line.set([trail]);
    if (this.drawn || trail.length < 2) return;
    this.drawn = true;
    this.map.fitBounds(this.line.bounds(), { maxZoom: Math.min(CLOSEST, this.map.getMaxZoom()), padding: EDGE, animate: false });
  }

  /** One question at a time: phones move faster than a slow line answers. */
  async show() {
    this.#again = this.#asking;
    if (this.#asking) return;
    this.#asking = true;
    const answer = await fetch(this.element.getAttribute("live")).catch(() => null);
    const told = answer?.ok ? await answer.json().catch(() => null) : null;
    this.#asking = false;
    if (told && this.element.isConnected && trails.get(this.element) === this) this.draw(told.trail);
    if (this.#again) this.show();
  }
}
