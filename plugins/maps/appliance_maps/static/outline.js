// The outline of the world's countries below everything else: the map that needs no internet.

import { drawGrid } from "./grid.js";
import { unroll } from "./unrolled.js";

const FINE_FROM_ZOOM = 4;
const worlds = new Map();

/** Draw the outline on a Leaflet map, coarse or fine by zoom; resolves when it is first drawn. */
export function drawOutline(map, vendor) {
  const pane = map.createPane("outline");
  pane.style.zIndex = 150;
  const renderer = L.svg({ pane: "outline", padding: 0.5 });
  const layers = new Map();

  let grid = false;
  map.attributionControl.addAttribution("Natural Earth");

  async function show() {
    const detail = detailFor(map);
    const world = await loadWorld(vendor, detail);
    // The person may have zoomed on, or gone, while it was loading.
    if (detail !== detailFor(map) || !map.getPane("outline")) return;
    if (!layers.has(detail)) layers.set(detail, countries(world, renderer));
    layers.forEach((layer, name) => (name === detail ? layer.addTo(map).bringToBack() : layer.remove()));
    if (!grid) drawGrid(map, renderer);
    grid = true;
  }

  // What is drawn already stays when the finer outline cannot be had.
  map.on("zoomend", () => show().catch(() => undefined));
  return show();
}

function detailFor(map) {
  return map.getZoom() < FINE_FROM_ZOOM ? "110m" : "50m";
}

function countries(world, renderer) {
  return L.geoJSON(world, {
    pane: "outline",
    interactive: false,
    style: { renderer, className: "land", weight: 1, fillOpacity: 1 },
  });
}

function loadWorld(vendor, detail) {
  const address = `${vendor}world-atlas/countries-${detail}.json`;
  if (!worlds.has(address)) {
    const loading = fetchWorld(address);
    loading.catch(() => worlds.delete(address));
    worlds.set(address, loading);
  }
  return worlds.get(address);
}

async function fetchWorld(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`cannot load ${address}`);
  const world = await answer.json();
  return topojson.feature(world, world.objects.countries).features.map(unroll);
}
