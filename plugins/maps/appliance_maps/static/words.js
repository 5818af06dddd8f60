// A line of words on a map, told to screen readers as well.

/** Show the text of the host's attribute over its map. */
export function say(host, attribute) {
  const words = Object.assign(document.createElement("p"), { className: "words" });
  words.setAttribute("role", "status");
  words.textContent = host.getAttribute(attribute);
  host.shadowRoot.append(words);
}
