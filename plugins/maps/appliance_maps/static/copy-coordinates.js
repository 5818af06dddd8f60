// <copy-coordinates text text-done><button>…</button><span role="status"></span></copy-coordinates>: copies `text`.

class CopyCoordinates extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  async handleEvent(event) {
    if (!event.target.closest("button")) return;
    const done = await this.#copy(this.getAttribute("text"));
    const words = this.querySelector("[role=status]");
    if (done && words) words.textContent = this.getAttribute("text-done");
  }

  async #copy(text) {
    // A page on plain HTTP has no clipboard object.
    if (!navigator.clipboard) return this.#copySelected(text);
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return this.#copySelected(text);
    }
  }

  #copySelected(text) {
    const before = document.activeElement;
    const area = document.createElement("textarea");
    area.value = text;
    area.readOnly = true;
    area.className = "maps-offscreen";
    // Inside this element: below an open dialog the rest of the page cannot be selected.
    this.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    before?.focus();
    return done;
  }
}

customElements.define("copy-coordinates", CopyCoordinates);
