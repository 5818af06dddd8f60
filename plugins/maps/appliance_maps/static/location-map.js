// <location-map lat lon accuracy heading label free vendor …>: a place on a map. `free`: wheel and finger are its own.
//
// It draws itself when it comes into view, inside a shadow root: what the page morphs around it cannot take it
// apart. Changed lat, lon, accuracy or heading move the pin. The other attributes are those of `basemap.attributes()`.

import { makeMap } from "./map-view.js";
import { Pin } from "./marker.js";
import { say } from "./words.js";

// A large map shows as much of the country as a small one, nearer by.
const LARGE_ZOOM = 8;

class LocationMap extends HTMLElement {
  static observedAttributes = ["lat", "lon", "accuracy", "heading"];

  #map = null;
  #pin = null;
  #watch = null;
  #gone = null;

  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" });
    this.#gone = new AbortController();
    this.#watch = new IntersectionObserver((seen) => this.#seen(seen), { rootMargin: "200px" });
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    this.#gone.abort();
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
    const { signal } = this.#gone;
    // Taken off the page, or moved within it, while loading: there is nothing to say, and the next turn draws.
    this.#draw(signal).catch(() => signal.aborted || say(this, "text-failed"));
  }

  async #draw(signal) {
    const { lat, lon } = this.#place();
    const label = this.getAttribute("label");
    const free = this.hasAttribute("free");
    const zoom = free ? LARGE_ZOOM : undefined;
    const { map, drawn } = await makeMap(this, { centre: [lat, lon], zoom, label, free, signal });
    this.#map = map;
    this.#pin = new Pin(map);
    this.#pin.set(this.#place());
    await drawn;
    this.dispatchEvent(new CustomEvent("location-map:drawn", { bubbles: true, detail: { map } }));
  }
}

customElements.define("location-map", LocationMap);
