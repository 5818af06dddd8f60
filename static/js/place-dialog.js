// Sending a place: numbers, a pasted link of a map, or where this device is.

import { keepDialogForm } from "./dialog-form.js";
import { readPlace } from "./places.js";
import { word } from "./words.js";

// Six digits are a hand's breadth on the ground.
const DIGITS = 6;
const SECONDS = 20;

export function keepPlaceDialog() {
  const dialog = document.getElementById("place-dialog");
  const field = (name) => document.getElementById(`place-${name}`);
  field("paste").addEventListener("input", (event) => readPasted(event.target.value, field));
  for (const name of ["latitude", "longitude"]) {
    field(name).addEventListener("paste", (event) => {
      const pasted = event.clipboardData.getData("text");
      if (!readPasted(pasted, field)) return;
      event.preventDefault();
    });
  }
  offerHere(field);
  keepDialogForm(dialog, read, (part) => document.dispatchEvent(new CustomEvent("desk:part", { detail: part })));
}

/** Both numbers at once, wherever they were put in; whether it worked. */
function readPasted(text, field) {
  const place = text.trim() ? readPlace(text) : null;
  document.getElementById("place-paste-error").textContent = place?.error ? word(`place_${place.error}`) : "";
  if (!place || place.error) return false;
  put(place, field);
  return true;
}

function put({ latitude, longitude }, field) {
  field("latitude").value = round(latitude);
  field("longitude").value = round(longitude);
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
function offerHere(field) {
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
      ({ coords }) => { put(coords, field); words.textContent = word("place_found", { metres: Math.round(coords.accuracy) }); },
      () => { words.textContent = word("place_not_found"); },
      { enableHighAccuracy: true, timeout: SECONDS * 1000 },
    );
  });
}
