// What lies below the markers, best first: map files of the owner's, streets from the internet where the owner allows
// them, else the outline with its towns. The outline is always there: it shows wherever the others have nothing.

import { MapFile } from "./map-file.js";
import { drawOutline } from "./outline.js";
import { showStreets, tilesOf } from "./streets.js";
import { Towns } from "./towns.js";
import { Words, say } from "./words.js";

const OUTLINE_ZOOM = 11;
// A house and its street.
const CLOSE_ZOOM = 15;

/** Draw the basemap the host's attributes describe; resolves when what is seen first is there. */
export async function layBasemap(map, host, options) {
  const basemap = new Basemap(map, host, options);
  const outline = drawOutline(map, host.getAttribute("vendor"));
  await Promise.all([outline, basemap.begin()]);
}

class Basemap {
  #map;
  #host;
  #fixed;
  #files;
  #tiles;
  #towns;
  #beyond;
  #button = null;
  #streets = false;
  #begun = false;

  constructor(map, host, { fixed = false }) {
    this.#map = map;
    this.#host = host;
    this.#fixed = fixed;
    const files = JSON.parse(host.getAttribute("map-files") ?? "[]");
    // The finer ones are drawn later, upon the others.
    files.sort((one, other) => one.most - other.most);
    this.#files = files.map((file) => new MapFile(file, map, host.getAttribute("vendor")));
    this.#tiles = tilesOf(host);
    this.#towns = new Towns(map, host.getAttribute("towns"));
    this.#beyond = new Words(host);
  }

  async begin() {
    this.#map.setMaxZoom(OUTLINE_ZOOM);
    const here = this.#coveringFile();
    if (here && !this.#fixed) {
      this.#allow(here.nearest);
      this.#map.setZoom(Math.min(Math.max(here.most, this.#map.getZoom()), CLOSE_ZOOM), { animate: false });
    }
    this.#map.on("moveend", () => this.#arrange());
    await this.#arrange();
    this.#begun = true;
  }

  // Files that come into view are drawn; what the view has of them decides about the rest.
  async #arrange() {
    const view = this.#map.getBounds();
    const seen = this.#files.filter((file) => !file.broken && file.area.intersects(view));
    await Promise.all(seen.map((file) => file.draw()));
    // Gone in the meantime.
    if (!this.#map.getPane("outline")) return;
    const here = this.#coveringFile();
    if (here) this.#allow(here.nearest);
    this.#towns.show(!(here && this.#map.getZoom() >= here.least));
    this.#towns.draw();
    this.#offerStreets(!here);
    const empty = !here && !this.#streets && this.#map.getZoom() > OUTLINE_ZOOM;
    this.#beyond.say(empty ? this.#host.getAttribute("text-beyond") : "");
  }

  #coveringFile() {
    const centre = this.#map.getCenter();
    return this.#files.filter((file) => file.covers(centre)).sort((one, other) => other.most - one.most)[0];
  }

  // Never lower: that would move the map under somebody's hands.
  #allow(zoom) {
    if (zoom > this.#map.getMaxZoom()) this.#map.setMaxZoom(zoom);
  }

  #offerStreets(wanted) {
    if (!this.#tiles || this.#streets) return;
    // Who has moved the map beyond a file's edge wants to stay at that zoom.
    if (wanted && this.#tiles.atOnce) return void this.#showStreets(this.#fixed || this.#begun);
    if (!this.#button) this.#host.shadowRoot.append(this.#makeButton());
    this.#button.hidden = !wanted;
  }

  #makeButton() {
    this.#button = Object.assign(document.createElement("button"), { type: "button", className: "streets" });
    this.#button.textContent = this.#host.getAttribute("text-streets");
    this.#button.addEventListener("click", () => {
      this.#button.remove();
      this.#showStreets(this.#fixed);
      this.#map.getContainer().focus();
    });
    return this.#button;
  }

  #showStreets(fixed) {
    this.#streets = true;
    showStreets(this.#map, this.#tiles, fixed, () => say(this.#host, "text-offline"));
  }
}
