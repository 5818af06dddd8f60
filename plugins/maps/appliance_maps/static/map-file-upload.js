// <map-file-upload address piece text-progress text-failed>: sends the chosen file in pieces, one after the other, for
// no request may be as large as a map. A file that broke off goes on where it ended.

class MapFileUpload extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", this);
  }

  disconnectedCallback() {
    this.removeEventListener("change", this);
  }

  async handleEvent(event) {
    const [file] = event.target.files;
    if (!file) return;
    event.target.disabled = true;
    this.#tell("[role=alert]", "");
    try {
      await this.#send(file);
      location.reload();
    } catch (error) {
      this.#tell("[role=alert]", error.words ?? this.getAttribute("text-failed"));
      this.#tell("[role=status]", "");
      this.#progress().hidden = true;
    } finally {
      event.target.disabled = false;
      event.target.value = "";
    }
  }

  async #send(file) {
    const length = Number(this.getAttribute("piece"));
    let offset = 0;
    let resumed = false;
    // An empty file is a piece as well: the box says what is wrong with it.
    do {
      this.#show(file, offset);
      const answer = await this.#sendPiece(file, offset, file.slice(offset, offset + length));
      if (answer.there === undefined) offset += length;
      else if (resumed) throw new Error("out of step");
      else [offset, resumed] = [answer.there, true];
    } while (offset < file.size);
  }

  async #sendPiece(file, offset, piece) {
    const query = new URLSearchParams({ name: file.name, offset, size: file.size });
    const headers = {
      "Content-Type": "application/octet-stream",
      "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content,
    };
    const answer = await fetch(`${this.getAttribute("address")}?${query}`, { method: "POST", headers, body: piece });
    if (answer.ok || answer.status === 409) return answer.json();
    throw Object.assign(new Error("refused"), { words: answer.status === 422 ? await answer.text() : undefined });
  }

  #show(file, offset) {
    this.#progress().hidden = false;
    this.#progress().value = Math.floor((offset / Math.max(file.size, 1)) * 100);
    const said = { name: file.name, sent: Math.round(offset / 1e6), total: Math.round(file.size / 1e6) };
    this.#tell("[role=status]", this.getAttribute("text-progress").replace(/\{(\w+)\}/g, (_, key) => said[key]));
  }

  #progress() {
    return this.querySelector("progress");
  }

  #tell(where, words) {
    this.querySelector(where).textContent = words;
  }
}

customElements.define("map-file-upload", MapFileUpload);
