// What lies below the markers, best first: streets where the owner allows them, else the outline, which is always there.

import { drawOutline } from "./outline.js";
import { showStreets, tilesOf } from "./streets.js";
import { Towns } from "./towns.js";
import { say } from "./words.js";

const OUTLINE_ZOOM = 11;

/** Draw the basemap the host's attributes describe; resolves when its outline is there. */
export function layBasemap(map, host, options) {
  map.setMaxZoom(OUTLINE_ZOOM);
  const towns = new Towns(map, host.getAttribute("towns"));
  towns.draw();
  offerStreets(map, host, options);
  return drawOutline(map, host.getAttribute("vendor"));
}

function offerStreets(map, host, { fixed = false }) {
  const tiles = tilesOf(host);
  if (!tiles) return;
  const show = () => showStreets(map, tiles, fixed, () => say(host, "text-offline"));
  if (tiles.atOnce) return void show();
  const button = Object.assign(document.createElement("button"), { type: "button", className: "streets" });
  button.textContent = host.getAttribute("text-streets");
  button.addEventListener("click", () => {
    button.remove();
    show();
    map.getContainer().focus();
  });
  host.shadowRoot.append(button);
}
