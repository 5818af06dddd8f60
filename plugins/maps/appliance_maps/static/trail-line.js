// The way somebody came, as a line on a Leaflet map: one stroke for each time they shared it.

/** A line that changes without being drawn anew. `set` takes strokes of [latitude, longitude]. */
export class TrailLine {
  constructor(map) {
    this.map = map;
    const plain = { interactive: false, smoothFactor: 0, lineJoin: "round" };
    this.lines = [
      // The lighter edge keeps the line apart from borders and streets.
      L.polyline([], { ...plain, className: "trail-edge", weight: 7 }),
      L.polyline([], { ...plain, className: "trail", weight: 3 }),
    ];
  }

  set(strokes) {
    for (const line of this.lines) line.setLatLngs(strokes).addTo(this.map).bringToBack();
    this.lines[0].bringToBack();
  }

  bounds() {
    return this.lines[1].getBounds();
  }
}
