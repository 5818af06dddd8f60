// The pin: where somebody is, how sure that is, and which way they are going.

const SVG = "http://www.w3.org/2000/svg";
const PIN = "M16 1C8.3 1 2 7.2 2 14.9 2 25 16 39 16 39s14-14 14-24.1C30 7.2 23.7 1 16 1z";
const ARROW = "M16 7l6 13-6-3.5L10 20z";

/** A pin that moves without being drawn anew. `set` takes {lat, lon, accuracy, heading}; metres, degrees. */
export class Pin {
  constructor(map) {
    this.map = map;
    this.picture = picture();
    this.circle = L.circle([0, 0], { radius: 0, className: "accuracy", interactive: false });
    this.marker = L.marker([0, 0], { icon: this.icon(), interactive: false, keyboard: false });
  }

  icon() {
    return L.divIcon({ html: this.picture, className: "pin", iconSize: [32, 40], iconAnchor: [16, 39] });
  }

  set(place) {
    const point = [place.lat, place.lon];
    this.marker.setLatLng(point).addTo(this.map);
    this.circle.setLatLng(point).setRadius(place.accuracy ?? 0);
    if (place.accuracy) this.circle.addTo(this.map);
    else this.circle.remove();
    this.turn(place.heading);
  }

  turn(heading) {
    const known = heading !== null;
    this.picture.querySelector(".dot").toggleAttribute("hidden", known);
    this.picture.querySelector(".arrow").toggleAttribute("hidden", !known);
    if (known) this.picture.querySelector(".arrow").setAttribute("transform", `rotate(${heading} 16 14.5)`);
  }
}

function picture() {
  const svg = shape("svg", { viewBox: "0 0 32 40", width: 32, height: 40, "aria-hidden": "true" });
  svg.append(
    shape("path", { class: "drop", d: PIN }),
    shape("circle", { class: "dot", cx: 16, cy: 14.5, r: 5.5 }),
    shape("path", { class: "arrow", d: ARROW, hidden: "" }),
  );
  return svg;
}

function shape(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
