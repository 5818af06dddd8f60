// A line of words on a map, told to screen readers as well.

/** `say(text)` shows them over the host's map, `say("")` takes them away. */
export class Words {
  #host;
  #line = null;

  constructor(host) {
    this.#host = host;
  }

  say(text) {
    if (!text && !this.#line) return;
    this.#line ??= this.#add();
    this.#line.hidden = !text;
    if (this.#line.textContent !== text) this.#line.textContent = text;
  }

  #add() {
    const line = Object.assign(document.createElement("p"), { className: "words" });
    line.setAttribute("role", "status");
    this.#host.shadowRoot.append(line);
    return line;
  }
}

/** Show the text of the host's attribute over its map. */
export function say(host, attribute) {
  new Words(host).say(host.getAttribute(attribute));
}
