// <place-picker>: inside the dialog *Send a place*. Tap, drag or Enter on its map choose a place; so does a town that was
// found. It talks to the dialog by events alone: "appliance:place" says what was chosen, "appliance:place-set" hears what
// the fields say now, "appliance:place-asked" hears words that are no coordinates.

import { PlaceMap } from "./pick-map.js";
import { FoundList } from "./pick-found.js";
import { say } from "./words.js";

const DIGITS = 5;

class PlacePicker extends HTMLElement {
  #map = null;
  #opening = null;

  connectedCallback() {
    this.dialog = this.closest("dialog");
    this.found = new FoundList(this, (place) => this.#choose(place));
    this.status = this.querySelector("[role=status]");
    this.dialog.addEventListener("appliance:place-set", ({ detail }) => this.#follow(detail));
    this.dialog.addEventListener("appliance:place-asked", (event) => this.found.ask(event));
    // A map has no size before its dialog is open.
    this.watch = new ResizeObserver(() => this.#open());
    this.watch.observe(this.host);
  }

  get host() { return this.querySelector(".maps-pick"); }

  disconnectedCallback() {
    this.watch.disconnect();
  }

  #open() {
    if (!this.host.clientWidth) return;
    if (this.#map) this.#map.resize();
    this.#opening ??= PlaceMap.open(this.host, this.getAttribute("label"), (place) => this.#choose(place)).then(
      (map) => { this.#map = map; if (this.place) map.show(this.place); },
      () => { this.#opening = null; say(this.host, "text-failed"); },
    );
  }

  #choose(place) {
    this.dispatchEvent(new CustomEvent("appliance:place", { bubbles: true, detail: place }));
    const coordinates = `${place.latitude.toFixed(DIGITS)}, ${place.longitude.toFixed(DIGITS)}`;
    this.status.textContent = this.getAttribute("text-set").replace("{coordinates}", place.label ?? coordinates);
  }

  /** Null: the fields are empty again. */
  #follow(place) {
    this.place = place;
    if (place) this.#map?.show(place);
    else { this.#map?.clear(); this.found.clear(); }
  }
}

customElements.define("place-picker", PlacePicker);
