// A street map from the tile server the owner named: asked only when that is allowed, given up when out of reach.

import { escaped } from "./page.js";

const STREET_ZOOM = 15;
const STREET_ZOOM_MOST = 19;
const PATIENCE_MS = 8000;

/** The tile server as the page gives it: address, mode ('click' or 'on'), credit; null when there is none. */
export function tilesOf(element) {
  const address = element.getAttribute("tiles");
  if (!address) return null;
  return {
    address,
    atOnce: element.getAttribute("tiles-mode") === "on",
    credit: escaped(element.getAttribute("tiles-credit") ?? ""),
  };
}

/** Put streets on the map and, unless the view is fixed, move in; when no tile comes, go back and call `failed`. */
export function showStreets(map, tiles, fixed, failed) {
  const before = { centre: map.getCenter(), zoom: map.getZoom(), most: map.getMaxZoom() };
  const layer = L.tileLayer(tiles.address, {
    attribution: tiles.credit,
    maxZoom: STREET_ZOOM_MOST,
    // Tile servers ask to be told which page they serve; only its origin is told.
    referrerPolicy: "strict-origin-when-cross-origin",
  });
  const patience = setTimeout(giveUp, PATIENCE_MS);

  function giveUp() {
    clearTimeout(patience);
    layer.off("tileerror", giveUp);
    if (!map.hasLayer(layer)) return;
    layer.remove();
    // In this order: a lower limit would itself set off a zoom.
    map.setView(before.centre, before.zoom, { animate: false }).setMaxZoom(before.most);
    failed();
  }

  // One tile that arrives proves the way; single ones may be missing afterwards.
  layer.once("tileload", () => {
    clearTimeout(patience);
    layer.off("tileerror", giveUp);
  });
  layer.on("tileerror", giveUp);
  map.setMaxZoom(STREET_ZOOM_MOST);
  if (!fixed) map.setZoom(STREET_ZOOM, { animate: false });
  layer.addTo(map);
}
