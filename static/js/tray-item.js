// One file of the tray as it is shown: its picture, its name, as what it leaves, and where in the order.

import { preview } from "./preview.js";
import { fileSize, word } from "./words.js";

// As what a file may leave, by what it was taken for.
export const CHOICES = {
  photo: ["photo", "document"],
  video: ["video", "video_note", "document"],
  video_note: ["video_note", "video", "document"],
  animation: ["animation", "document"],
  voice: ["voice", "audio", "document"],
  audio: ["audio", "voice", "document"],
};

export function drawItem(item, tray) {
  const element = document.createElement("li");
  element.className = `tray-item tray-${item.state}`;
  element.draggable = tray.items.length > 1;
  element.append(preview(item), words(item, tray));
  if (item.state === "failed" && item.size <= tray.limit) element.append(button("rotate-ccw", word("retry"), () => tray.retry(item)));
  if (tray.items.length > 1) element.append(order(item, tray));
  element.append(button("x", word("remove", { name: item.name }), () => tray.remove(item)));
  return element;
}

function words(item, tray) {
  const box = Object.assign(document.createElement("div"), { className: "tray-words" });
  box.append(Object.assign(document.createElement("b"), { textContent: item.name, title: item.name }));
  const small = box.appendChild(document.createElement("small"));
  small.append(Object.assign(document.createElement("span"), { textContent: item.state === "failed" ? item.error : fileSize(item.size) }));
  if (item.state === "failed") small.setAttribute("role", "alert");
  if (item.state === "uploading") box.append(Object.assign(document.createElement("progress"), { max: 1, value: item.progress, ariaLabel: word("uploading") }));
  const kinds = (CHOICES[item.shownAs] ?? []).filter((kind) => tray.kinds.has(kind));
  if (item.state === "ready" && kinds.length > 1) small.append(kindChoice(item, kinds, tray));
  if (item.kind === "video_note") box.append(Object.assign(document.createElement("small"), { className: "tray-hint", textContent: word("round_video") }));
  return box;
}

/** A picture goes as a picture, or unharmed as a file; a film may be a round video. */
function kindChoice(item, kinds, tray) {
  const select = Object.assign(document.createElement("select"), { className: "tray-kind", ariaLabel: word("send_as", { name: item.name }) });
  for (const kind of kinds) select.append(new Option(word(`as_${kind}`), kind, false, kind === item.kind));
  select.addEventListener("change", () => tray.chooseKind(item, select.value));
  return select;
}

function order(item, tray) {
  const box = Object.assign(document.createElement("span"), { className: "tray-order" });
  const place = tray.items.indexOf(item);
  for (const [icon, label, step] of [["chevron-up", "earlier", -1], ["chevron-down", "later", 1]]) {
    const arrow = button(icon, word(label, { name: item.name }), () => tray.move(item, step));
    arrow.disabled = step < 0 ? place === 0 : place === tray.items.length - 1;
    box.append(arrow);
  }
  return box;
}

function button(icon, label, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button button-icon button-quiet", title: label, ariaLabel: label });
  const drawn = document.querySelector("#composer .icon use").closest("svg").cloneNode(true);
  const use = drawn.querySelector("use");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${icon}`));
  made.append(drawn);
  made.addEventListener("click", act);
  return made;
}
