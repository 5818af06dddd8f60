// The names of towns on the outline: those the box chooses for this view and zoom, in the reader's language.

const PANE = "towns";
// Names are fetched for more than is seen, so that a short move needs no further ones.
const BEYOND = 0.5;

/** Write the towns on a map and keep them fit to its view; `show(false)` hides them. */
export class Towns {
  #map;
  #address;
  #layer = null;
  #known = null;
  #turn = 0;
  #shown = true;

  constructor(map, address) {
    this.#map = map;
    this.#address = address;
    const pane = map.createPane(PANE);
    pane.style.zIndex = 160;
    // The map's own label says where it is; a screen reader need not hear every town around.
    pane.setAttribute("aria-hidden", "true");
    this.#layer = L.layerGroup().addTo(map);
    // Also where a map file takes the place of the names: the words below a map name the nearest town.
    map.attributionControl.addAttribution("GeoNames CC BY 4.0");
    map.on("moveend", () => this.draw());
  }

  show(shown) {
    if (shown === this.#shown) return;
    this.#shown = shown;
    if (shown) this.#layer.addTo(this.#map);
    else this.#layer.remove();
    this.draw();
  }

  /** Fetch and write what the view needs; names that cannot be had are left out. */
  async draw() {
    const zoom = Math.floor(this.#map.getZoom());
    const view = this.#map.getBounds();
    if (!this.#shown || (this.#known?.zoom === zoom && this.#known.area.contains(view))) return;
    const turn = ++this.#turn;
    const area = view.pad(BEYOND);
    const found = await this.#fetch(area, zoom).catch(() => null);
    // Moved on, or gone, in the meantime.
    if (!found || turn !== this.#turn || !this.#map.getPane(PANE)) return;
    this.#known = { zoom, area };
    this.#layer.clearLayers();
    for (const [name, lat, lon, size] of found) this.#layer.addLayer(label(name, [lat, lon], size));
  }

  async #fetch(area, zoom) {
    const address = new URL(this.#address, document.baseURI);
    const within = (degrees, most) => Math.min(Math.max(degrees, -most), most).toFixed(2);
    const edges = [area.getWest(), area.getSouth(), area.getEast(), area.getNorth()];
    address.searchParams.set("bbox", edges.map((edge, index) => within(edge, index % 2 ? 90 : 180)).join());
    address.searchParams.set("zoom", zoom);
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`cannot load ${address}`);
    return answer.json();
  }
}

function label(name, point, size) {
  const words = document.createElement("span");
  words.textContent = name;
  const icon = L.divIcon({ html: words, className: `town town-${size}`, iconSize: [0, 0] });
  return L.marker(point, { icon, pane: PANE, interactive: false, keyboard: false });
}
