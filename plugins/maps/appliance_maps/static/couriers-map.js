// The couriers' map: a pin with a name for everybody in the list, the chosen place, the way of who was chosen.

import { makeMap } from "./map-view.js";
import { Pin } from "./marker.js";
import { TrailLine } from "./trail-line.js";

const CLOSEST = 13;
const EDGE = [48, 48];

/** Drawn once there is something to show. */
export async function openCouriersMap(host, shown) {
  const point = shown.couriers[0] ?? shown.place;
  const { map } = await makeMap(host, {
    centre: [point.lat, point.lon], zoom: 9, fixed: true, free: true, label: host.dataset.label, styles: ["live.css"],
  });
  return new CouriersMap(map);
}

class CouriersMap {
  constructor(map) {
    this.map = map;
    this.pins = new Map();
    this.line = new TrailLine(map);
    this.view = undefined;
  }

  /** `shown`: couriers ({id, name, lat, lon, accuracy, heading, stale, choose}), lines, place, `chosen` (an id), and
   * `view`: what the map was moved for; it moves by itself only when that changes. */
  draw(shown) {
    const here = new Set(shown.couriers.map(({ id }) => id));
    for (const [id, pin] of this.pins) if (!here.has(id)) this.take(id, pin);
    for (const courier of shown.couriers) this.pin(courier).set(courier);
    this.line.set(shown.lines);
    this.mark(shown.place);
    if (this.view === shown.view) this.follow(shown);
    else this.fit(shown);
    this.view = shown.view;
  }

  pin(courier) {
    const pin = this.pins.get(courier.id) ?? this.add(courier);
    pin.picture.classList.toggle("stale", courier.stale);
    return pin;
  }

  add(courier) {
    const pin = new Pin(this.map);
    Object.assign(pin.marker.options, { interactive: true, title: courier.name });
    pin.marker.on("click", courier.choose);
    pin.marker.bindTooltip(words(courier.name), { permanent: true, direction: "top", offset: [0, -36], className: "name" });
    this.pins.set(courier.id, pin);
    return pin;
  }

  take(id, pin) {
    pin.marker.remove();
    pin.circle.remove();
    this.pins.delete(id);
  }

  mark(place) {
    this.target?.remove();
    this.target = null;
    if (!place) return;
    this.target = L.circleMarker([place.lat, place.lon], { radius: 8, className: "target", interactive: false });
    this.target.bindTooltip(words(place.name), { permanent: true, direction: "bottom", offset: [0, 8], className: "name" });
    this.target.addTo(this.map);
  }

  fit({ couriers, lines, place, chosen }) {
    const all = [...couriers, ...(place ? [place] : [])];
    const points = (lines.length ? couriers.filter(({ id }) => id === chosen) : all).map(({ lat, lon }) => [lat, lon]);
    const maxZoom = Math.min(CLOSEST, this.map.getMaxZoom());
    this.map.invalidateSize();
    this.map.fitBounds([...lines.flat(), ...points], { padding: EDGE, maxZoom, animate: false });
  }

  /** Who was chosen never drives out of sight. */
  follow({ couriers, chosen }) {
    const courier = couriers.find(({ id }) => id === chosen);
    if (courier && !this.map.getBounds().contains([courier.lat, courier.lon])) this.map.panTo([courier.lat, courier.lon]);
  }
}

// Leaflet takes a string for HTML; a name is somebody's own text.
function words(text) {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
}
