// The map a place is chosen on: a tap, a pin that is dragged, or a cross in the middle and Enter.

import { makeMap } from "./map-view.js";
import { Pin } from "./marker.js";

// It begins near the last place of the conversation, else of what was chosen last; the whole world at the very first.
const WORLD = { centre: [30, 25], zoom: 1 };
const NEAR = 10;
const KEY = "maps.chosen-last";

export class PlaceMap {
  /** `chosen` gets {latitude, longitude}. */
  static async open(host, label, chosen) {
    const { map } = await makeMap(host, { ...(lastTold() ?? lastChosen()), fixed: true, free: true, label, styles: ["pick-map.css"] });
    return new PlaceMap(map, chosen);
  }

  constructor(map, chosen) {
    this.map = map;
    this.chosen = chosen;
    this.pin = new Pin(map);
    this.pin.marker.options.interactive = this.pin.marker.options.draggable = true;
    this.pin.marker.on("dragend", () => this.choose(this.pin.marker.getLatLng()));
    map.on("click", ({ latlng }) => this.choose(latlng));
    this.addCross(map.getContainer());
  }

  /** Shown while the map has the focus: arrows move the map under it. */
  addCross(frame) {
    const cross = Object.assign(document.createElement("div"), { className: "cross" });
    cross.setAttribute("aria-hidden", "true");
    frame.append(cross);
    frame.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target !== frame) return;
      // Enter would send the dialog's form.
      event.preventDefault();
      this.choose(this.map.getCenter());
    });
  }

  choose(point) {
    const { lat, lng } = point.wrap();
    this.own = { latitude: lat, longitude: lng };
    this.chosen(this.own);
  }

  /** Put the pin there. What was chosen elsewhere is brought into view, near enough to see where it is. */
  show({ latitude, longitude }) {
    const point = [latitude, longitude];
    this.pin.set({ lat: latitude, lon: longitude, accuracy: null, heading: null });
    if (!this.isOwn(latitude, longitude)) this.map.setView(point, this.nearEnough(), { animate: false });
    remember(point, this.map.getZoom());
  }

  isOwn(latitude, longitude) {
    const same = (one, other) => Math.abs(one - other) < 1e-5;
    return Boolean(this.own) && same(this.own.latitude, latitude) && same(this.own.longitude, longitude);
  }

  nearEnough() {
    return Math.max(this.map.getZoom(), Math.min(NEAR, this.map.getMaxZoom()));
  }

  clear() {
    this.pin.marker.remove();
  }

  resize() {
    this.map.invalidateSize({ animate: false });
  }
}

function lastTold() {
  const place = [...document.querySelectorAll("location-map[lat][lon]")].at(-1);
  return place && { centre: [Number(place.getAttribute("lat")), Number(place.getAttribute("lon"))], zoom: NEAR };
}

function lastChosen() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? WORLD;
  } catch {
    return WORLD;
  }
}

function remember(centre, zoom) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ centre, zoom }));
  } catch {
    // Nothing may be kept here: the map begins with the world.
  }
}
