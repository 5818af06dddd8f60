// Meridians and parallels: they give an inland view, where no coast and no border helps, a sense of scale.

const STEPS = [[3, 10], [4, 5], [6, 2]];
const FINEST = 1;
const MERCATOR_END = 85;

/** Draw the grid into the outline's pane and keep it fit to the zoom. */
export function drawGrid(map, renderer) {
  const lines = L.polyline([], { pane: "outline", renderer, interactive: false, className: "grid", weight: 1 });
  const redraw = () => lines.setLatLngs(gridLines(stepFor(map.getZoom())));
  map.on("zoomend", redraw);
  redraw();
  lines.addTo(map);
}

function stepFor(zoom) {
  return STEPS.find(([most]) => zoom <= most)?.[1] ?? FINEST;
}

function gridLines(step) {
  const lines = [];
  for (let lon = -180; lon <= 180; lon += step) lines.push([[-MERCATOR_END, lon], [MERCATOR_END, lon]]);
  for (let lat = -80; lat <= 80; lat += step) lines.push([[lat, -180], [lat, 180]]);
  return lines;
}
