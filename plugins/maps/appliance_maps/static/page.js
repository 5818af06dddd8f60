// Small questions to the page around a map.

/** Whether the desk is dark just now, whatever made it so. */
export function isDark(element) {
  return getComputedStyle(element).colorScheme === "dark";
}

/** Plain text as HTML: Leaflet takes a credit for HTML. */
export function escaped(text) {
  const carrier = document.createElement("i");
  carrier.textContent = text;
  return carrier.innerHTML;
}
