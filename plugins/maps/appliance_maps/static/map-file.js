// A map file of the owner's (PMTiles), drawn from pieces the box sends: images by us, vectors by protomaps-leaflet.

import { loadScript } from "./load.js";
import { plainRules } from "./plain-rules.js";
import { escaped, isDark } from "./page.js";

const PANE = "map-file";
// How far beyond the finest tiles one may go: images get coarse, vectors stay sharp.
const STRETCH = { image: 2, vector: 4 };
const MOST_ZOOM = 20;

/** `file`: {address, kind, bounds: [west, south, east, north], least, most, credit, layers}. */
export class MapFile {
  #map;
  #vendor;
  #layer = null;
  #loading = null;

  constructor(file, map, vendor) {
    Object.assign(this, file);
    this.#map = map;
    this.#vendor = vendor;
    const [west, south, east, north] = file.bounds;
    this.area = L.latLngBounds([south, west], [north, east]);
    this.broken = false;
  }

  get isVector() {
    return this.kind === "vector";
  }

  get nearest() {
    return Math.min(this.most + STRETCH[this.isVector ? "vector" : "image"], MOST_ZOOM);
  }

  covers(point) {
    return !this.broken && this.area.contains(point);
  }

  /** Draw it, once; resolves to whether it could be. What of it comes into view is fetched then. */
  draw() {
    this.#loading ??= this.#open().then(
      () => true,
      () => {
        this.broken = true;
        return false;
      },
    );
    return this.#loading;
  }

  async #open() {
    const archive = await this.#archive();
    // Fails for a file that is gone, or no longer the same.
    await archive.getHeader();
    if (!this.#map.getPane("outline")) return;
    if (!this.#map.getPane(PANE)) this.#map.createPane(PANE).style.zIndex = 170;
    this.#layer = (this.isVector ? this.#vectors() : this.#images(archive)).addTo(this.#map);
    if (this.isVector) this.#followTheme();
  }

  async #archive() {
    const address = new URL(this.address, document.baseURI).href;
    if (this.isVector) {
      await loadScript(`${this.#vendor}protomaps-leaflet/protomaps-leaflet.js`);
      return new protomapsL.PmtilesSource(address, false).p;
    }
    await loadScript(`${this.#vendor}pmtiles/pmtiles.js`);
    return new pmtiles.PMTiles(address);
  }

  #options() {
    return {
      pane: PANE,
      bounds: this.area,
      noWrap: true,
      minZoom: this.least,
      maxZoom: MOST_ZOOM,
      // An empty text, too: without one the library would name itself and link to a page outside.
      attribution: escaped(this.credit),
    };
  }

  #images(archive) {
    const layer = new (imageLayer())({ ...this.#options(), maxNativeZoom: this.most });
    return Object.assign(layer, { archive, kind: this.kind });
  }

  #vectors() {
    const known = this.layers.length === 0 || this.layers.some((name) => name === "earth" || name === "roads");
    const look = known ? { flavor: isDark(this.#map.getContainer()) ? "dark" : "light" } : plainRules(this.layers);
    const layer = protomapsL.leafletLayer({
      ...this.#options(),
      ...look,
      url: new URL(this.address, document.baseURI).href,
      maxDataZoom: this.most,
      lang: document.documentElement.lang || "en",
    });
    // Where the file has nothing, the outline below is to be seen.
    layer.backgroundColor = undefined;
    return layer;
  }

  #followTheme() {
    const redraw = () => {
      this.#layer.remove();
      this.#layer = this.#vectors().addTo(this.#map);
    };
    const watch = new MutationObserver(redraw);
    watch.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    const preference = matchMedia("(prefers-color-scheme: dark)");
    preference.addEventListener("change", redraw);
    this.#map.on("unload", () => {
      watch.disconnect();
      preference.removeEventListener("change", redraw);
    });
  }
}

// Drawn on a canvas: an <img> would need a blob: address, which the page's policy refuses.
function imageLayer() {
  return L.GridLayer.extend({
    createTile(coords, done) {
      const tile = L.DomUtil.create("canvas", "leaflet-tile");
      this.paint(tile, coords).then(() => done(null, tile), (error) => done(error, tile));
      return tile;
    },

    async paint(tile, { z, x, y }) {
      const found = await this.archive.getZxy(z, x, y);
      if (!found) return;
      const picture = await createImageBitmap(new Blob([found.data], { type: this.kind }));
      tile.width = picture.width;
      tile.height = picture.height;
      tile.getContext("2d").drawImage(picture, 0, 0);
      picture.close();
    },
  });
}
