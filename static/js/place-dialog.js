// Sending a place: numbers, a pasted link of a map, or where this device is.

import { keepDialogForm } from "./dialog-form.js";
import { readPlace } from "./places.js";
import { word } from "./words.js";

// Six digits are a hand's breadth on the ground.
const DIGITS = 6;
const SECONDS = 20;
const LINK = /^\s*\w+:/;

export function keepPlaceDialog() {
  const dialog = document.getElementById("place-dialog");
  const field = (name) => document.getElementById(`place-${name}`);
  const paste = field("paste");
  paste.addEventListener("input", () => find(paste.value, false));
  paste.addEventListener("keydown", (event) => {
    // What is being looked for must not leave.
    if (event.key === "Enter" && paste.value.trim() && !find(paste.value, true)) event.preventDefault();
  });
  for (const name of ["latitude", "longitude"]) {
    field(name).addEventListener("paste", (event) => {
      if (putRead(event.clipboardData.getData("text"))) event.preventDefault();
    });
    field(name).addEventListener("input", tell);
  }
  dialog.addEventListener("appliance:place", ({ detail }) => { put(detail, field); tell(); });
  dialog.querySelector("form").addEventListener("reset", () => setTimeout(() => { find("", false); tell(); }));
  offerHere(field, tell);
  offerAsking(dialog, field("ask"));
  keepDialogForm(dialog, read, (part) => document.dispatchEvent(new CustomEvent("desk:part", { detail: part })));

  /** Numbers and links are read here; words are told to whoever looks for them. Whether it was a place. */
  function find(text, enter) {
    const place = putRead(text);
    const words = place || LINK.test(text) ? "" : text;
    const asked = new CustomEvent("appliance:place-asked", { bubbles: true, cancelable: true, detail: { words, enter } });
    const taken = !dialog.dispatchEvent(asked);
    const problem = text.trim() && !place && !taken ? readPlace(text).error : "";
    field("paste-error").textContent = problem ? word(`place_${problem}`) : "";
    return place;
  }

  /** Both numbers at once, wherever they were put in; whether it worked. */
  function putRead(text) {
    const place = text.trim() ? readPlace(text) : { error: "unread" };
    if (place.error) return false;
    put(place, field);
    tell();
    return true;
  }

  /** What the fields say now, for a map that shows it; null while that is no place. */
  function tell() {
    const latitude = degrees(field("latitude").value, 90);
    const longitude = degrees(field("longitude").value, 180);
    const detail = latitude === null || longitude === null ? null : { latitude, longitude };
    dialog.dispatchEvent(new CustomEvent("appliance:place-set", { bubbles: true, detail }));
  }
}

/** A name and an address come only with a place that was found. */
function put({ latitude, longitude, name, address }, field) {
  field("latitude").value = round(latitude);
  field("longitude").value = round(longitude);
  if (name) field("name").value = name;
  if (address) field("address").value = address;
}

/** The button that asks stands in the composer; here it is within reach of whoever looks for a place. */
function offerAsking(dialog, button) {
  const asking = () => document.querySelector('#ask-menu [data-ask="location"]');
  dialog.addEventListener("toggle", () => { button.hidden = !asking(); });
  button.addEventListener("click", () => { dialog.close(); asking()?.click(); });
}

function round(number) {
  return String(Number(number.toFixed(DIGITS)));
}

function read(values) {
  const errors = {};
  const latitude = degrees(values["place-latitude"], 90);
  const longitude = degrees(values["place-longitude"], 180);
  if (latitude === null) errors["place-latitude"] = word("bad_latitude");
  if (longitude === null) errors["place-longitude"] = word("bad_longitude");
  const [title, address] = [values["place-name"], values["place-address"]];
  // Messengers know a point, or a place with a name and an address.
  if (title && !address) errors["place-address"] = word("needs_address");
  if (address && !title) errors["place-name"] = word("needs_name");
  const part = { part: title ? "venue" : "location", latitude, longitude };
  return { errors, value: title ? { ...part, title, address } : part };
}

function degrees(text, most) {
  const number = Number(text.replace(",", "."));
  return text && Number.isFinite(number) && Math.abs(number) <= most ? number : null;
}

/** Browsers tell where they are only to pages that came by HTTPS. */
function offerHere(field, tell) {
  const button = field("here");
  const words = field("here-words");
  if (!isSecureContext || !navigator.geolocation) {
    button.disabled = true;
    words.textContent = word("place_needs_https");
    return;
  }
  button.addEventListener("click", () => {
    words.textContent = word("place_looking");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => { put(coords, field); tell(); words.textContent = word("place_found", { metres: Math.round(coords.accuracy) }); },
      () => { words.textContent = word("place_not_found"); },
      { enableHighAccuracy: true, timeout: SECONDS * 1000 },
    );
  });
}
