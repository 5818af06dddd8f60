// <live-age at until ended now text-…>: how long ago somebody was seen, by the server's clock.
//
// It ticks by itself. `state` on it says what became of it: live, stale (two minutes old) or stopped; the event
// "live-age:state" (bubbles) tells of it. The words stand in a shadow root, where nothing that is morphed reaches them.

const STALE_MS = 120_000;
const UNITS = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];

class LiveAge extends HTMLElement {
  static observedAttributes = ["at", "until", "ended", "now", "state"];

  #timer = null;
  #skew = 0;

  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" });
    this.#timer = setInterval(() => this.#tell(false), 1000);
    this.#tell(true);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  attributeChangedCallback(name, _before, value) {
    // What is morphed comes without it: it must not be missed, not for a moment.
    if (name === "state" && value !== null) return;
    // The clock of whoever looks at the page may be wrong.
    if (name === "now") this.#skew = Date.parse(value) - Date.now();
    if (this.shadowRoot) this.#tell(true);
  }

  #tell(anew) {
    const now = Date.now() + this.#skew;
    const state = this.#stateAt(now);
    const words = this.#words(state, this.#age(now - Date.parse(this.getAttribute("at"))));
    if (this.shadowRoot.textContent !== words) this.shadowRoot.textContent = words;
    if (!anew && this.getAttribute("state") === state) return;
    this.setAttribute("state", state);
    this.dispatchEvent(new CustomEvent("live-age:state", { bubbles: true, detail: { state } }));
  }

  #stateAt(now) {
    const until = Date.parse(this.getAttribute("until"));
    if (this.hasAttribute("ended") || until <= now) return "stopped";
    return now - Date.parse(this.getAttribute("at")) > STALE_MS ? "stale" : "live";
  }

  #words(state, ago) {
    return state === "live" ? ago : this.getAttribute(`text-${state}`).replace("{age}", ago);
  }

  /** '12 s ago', in the page's language. */
  #age(milliseconds) {
    const seconds = Math.max(0, Math.round(milliseconds / 1000));
    const [unit, length] = UNITS.find(([, size]) => seconds >= size) ?? UNITS.at(-1);
    return this.getAttribute(`text-${unit}`).replace("{number}", Math.floor(seconds / length));
  }
}

customElements.define("live-age", LiveAge);
