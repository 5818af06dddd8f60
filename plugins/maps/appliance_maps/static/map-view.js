// A map in a page: Leaflet, the basemap, grid and scale. Every map of this plugin is made here.
//
//   import { makeMap } from "./map-view.js";
//   const { map, drawn } = await makeMap(host, { centre: [41.31, 69.28], zoom: 5, label: "Map: couriers", free: true });
//
// `host` is the element the map fills. It carries the attributes of `basemap.attributes()` (Python; in a template:
// `<div id="…"{{ basemap | xmlattr }}></div>`) and gets an open shadow root, so that no style of the page reaches the
// map and nothing the page morphs around it takes it apart. Give the host a height. `map` is Leaflet's own map object;
// `L` is there from then on. `drawn` resolves once the basemap is drawn.
//
// Options:
//   centre  [latitude, longitude]
//   zoom    the first zoom (default 6); a basemap with streets may begin closer unless it is `fixed`
//   fixed   true: keep `zoom` whatever the basemap could show
//   label   what a screen reader calls the map
//   free    true: wheel and finger move the map at once. Else they belong to the page around it: the wheel zooms only
//           a map that was chosen before
//   styles  further style sheets of this folder for the inside of the map (markers of one's own)
//   signal  an AbortSignal; aborted while loading: rejects with its reason, and nothing was drawn
//
// To take a map away: `map.remove(); host.shadowRoot.replaceChildren()`.

import { layBasemap } from "./basemap.js";
import { loadScript, loadStyle, sheetOf } from "./load.js";

const FIRST_ZOOM = 6;

export async function makeMap(host, options) {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  await loadParts(host, root, options.styles ?? []);
  options.signal?.throwIfAborted();
  const map = openMap(addFrame(root, options.label), options);
  addControls(map, host);
  return { map, drawn: layBasemap(map, host, options) };
}

async function loadParts(host, root, styles) {
  const vendor = host.getAttribute("vendor");
  const inOrder = [`${vendor}leaflet/leaflet.css`, ...["location-map.css", ...styles].map((name) => sheetOf(host, name))];
  await Promise.all([
    // One after the other: what comes later must win over Leaflet's own.
    inOrder.reduce((before, address) => before.then(() => loadStyle(address, root)), Promise.resolve()),
    loadScript(`${vendor}leaflet/leaflet.js`),
    loadScript(`${vendor}topojson-client/topojson-client.min.js`),
  ]);
}

function addFrame(root, label) {
  const frame = document.createElement("div");
  frame.className = "map";
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", label);
  root.append(frame);
  return frame;
}

function openMap(frame, { centre, zoom = FIRST_ZOOM, free = false }) {
  const map = L.map(frame, {
    center: centre,
    zoom,
    minZoom: 1,
    zoomControl: false,
    scrollWheelZoom: free,
    dragging: free || !L.Browser.mobile,
    renderer: L.svg({ padding: 0.5 }),
  });
  if (!free) {
    // Wheel and finger belong to the conversation; the wheel zooms once the map has been chosen.
    frame.addEventListener("focusin", () => map.scrollWheelZoom.enable());
    frame.addEventListener("focusout", () => map.scrollWheelZoom.disable());
  }
  return map;
}

function addControls(map, host) {
  map.attributionControl.setPrefix("Leaflet");
  addScale(map);
  const titles = { zoomInTitle: host.getAttribute("text-zoom-in"), zoomOutTitle: host.getAttribute("text-zoom-out") };
  L.control.zoom(titles).addTo(map);
}

/** Leaflet's own says "km" in every language. */
function addScale(map) {
  const scale = L.control.scale({ imperial: false });
  scale._updateMetric = (longest) => {
    const metres = scale._getRoundNum(longest);
    const [value, unit] = metres < 1000 ? [metres, "meter"] : [metres / 1000, "kilometer"];
    const words = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit }).format(value);
    scale._updateScale(scale._mScale, words, metres / longest);
  };
  scale.addTo(map);
}
