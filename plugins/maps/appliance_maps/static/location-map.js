// <location-map lat lon accuracy heading label vendor …>: a place on a map.
//
// It draws itself when it comes into view, inside a shadow root: what the page morphs around it cannot take it
// apart. Changed lat, lon, accuracy or heading move the pin. Attributes beginning with text- hold the words shown.

import { loadScript, loadStyle } from "./load.js";
import { drawOutline } from "./outline.js";
import { Pin } from "./marker.js";
import { showStreets, tilesOf } from "./streets.js";

const FIRST_ZOOM = 3;
const OUTLINE_ZOOM = 9;
const STYLE = new URL("location-map.css", import.meta.url).href;

class LocationMap extends HTMLElement {
  static observedAttributes = ["lat", "lon", "accuracy", "heading"];

  #map = null;
  #pin = null;
  #watch = null;
  #turn = 0;

  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" });
    this.#watch = new IntersectionObserver((seen) => this.#seen(seen), { rootMargin: "200px" });
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    this.#turn += 1;
    this.#watch.disconnect();
    this.#map?.remove();
    this.#map = this.#pin = null;
    this.shadowRoot.replaceChildren();
  }

  attributeChangedCallback() {
    if (!this.#pin) return;
    const place = this.#place();
    this.#pin.set(place);
    const point = [place.lat, place.lon];
    if (!this.#map.getBounds().contains(point)) this.#map.panTo(point, { animate: false });
  }

  #place() {
    const number = (name) => (this.hasAttribute(name) ? Number(this.getAttribute(name)) : null);
    return { lat: number("lat"), lon: number("lon"), accuracy: number("accuracy"), heading: number("heading") };
  }

  #seen(entries) {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    this.#watch.disconnect();
    this.#draw().catch(() => this.#say("text-failed"));
  }

  async #draw() {
    const turn = this.#turn;
    const vendor = this.getAttribute("vendor");
    await Promise.all([
      loadStyle(`${vendor}leaflet/leaflet.css`, this.shadowRoot).then(() => loadStyle(STYLE, this.shadowRoot)),
      loadScript(`${vendor}leaflet/leaflet.js`),
      loadScript(`${vendor}topojson-client/topojson-client.min.js`),
    ]);
    // Taken off the page, or moved within it, while loading: the next turn draws.
    if (turn !== this.#turn) return;
    this.#map = this.#open(this.#frame());
    this.#pin = new Pin(this.#map);
    this.#pin.set(this.#place());
    this.#offerStreets();
    await drawOutline(this.#map, vendor);
    this.dispatchEvent(new CustomEvent("location-map:drawn", { bubbles: true }));
  }

  #frame() {
    const frame = document.createElement("div");
    frame.className = "map";
    frame.setAttribute("role", "region");
    frame.setAttribute("aria-label", this.getAttribute("label"));
    this.shadowRoot.append(frame);
    return frame;
  }

  #open(frame) {
    const place = this.#place();
    const map = L.map(frame, {
      center: [place.lat, place.lon],
      zoom: FIRST_ZOOM,
      minZoom: 1,
      maxZoom: OUTLINE_ZOOM,
      zoomControl: false,
      // Wheel and finger belong to the conversation; the wheel zooms once the map has been chosen.
      scrollWheelZoom: false,
      dragging: !L.Browser.mobile,
      renderer: L.svg({ padding: 0.5 }),
    });
    frame.addEventListener("focusin", () => map.scrollWheelZoom.enable());
    frame.addEventListener("focusout", () => map.scrollWheelZoom.disable());
    map.attributionControl.setPrefix(false).addAttribution("Natural Earth");
    L.control.scale({ imperial: false }).addTo(map);
    const titles = { zoomInTitle: this.getAttribute("text-zoom-in"), zoomOutTitle: this.getAttribute("text-zoom-out") };
    L.control.zoom(titles).addTo(map);
    return map;
  }

  #offerStreets() {
    const tiles = tilesOf(this);
    if (!tiles) return;
    const show = () => showStreets(this.#map, tiles, () => this.#say("text-offline"));
    if (tiles.atOnce) return show();
    const button = Object.assign(document.createElement("button"), { type: "button", className: "streets" });
    button.textContent = this.getAttribute("text-streets");
    button.addEventListener("click", () => {
      button.remove();
      show();
      this.#map.getContainer().focus();
    });
    this.shadowRoot.append(button);
  }

  #say(attribute) {
    const words = Object.assign(document.createElement("p"), { className: "words" });
    words.setAttribute("role", "status");
    words.textContent = this.getAttribute(attribute);
    this.shadowRoot.append(words);
  }
}

customElements.define("location-map", LocationMap);
