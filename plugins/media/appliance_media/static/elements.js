// Making elements by hand: the policy of the page knows no inline style, and nothing from outside is ever markup.

const SVG = "http://www.w3.org/2000/svg";

export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

export function drawing(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

/** Seconds as a clock shows them: 0:42, 12:05, 1:02:03. */
export function clock(seconds) {
  const whole = Math.max(0, Math.round(seconds || 0));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const pad = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${pad(minutes)}:${pad(rest)}` : `${minutes}:${pad(rest)}`;
}

/** The text (or data-text) attribute of an element with its {named} places filled in. */
export function text(owner, name, values = {}) {
  const words = owner.getAttribute(`text-${name}`) ?? owner.getAttribute(`data-text-${name}`) ?? "";
  return words.replace(/\{(\w+)\}/g, (all, key) => values[key] ?? all);
}

export const PLAY = "M8 5v14l11-7z";
export const PAUSE = "M6 5h4v14H6zM14 5h4v14h-4z";
// A voice and what follows it; the same, struck out.
export const FOLLOW = "M5 5l9 7-9 7zM17 5h3v14h-3z";
export const FOLLOW_NOT = `${FOLLOW}M2.6 20l16.8-17.6 1.5 1.4L4.1 21.4z`;

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
