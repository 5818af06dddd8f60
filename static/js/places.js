// Reading a point on the map from what people paste: numbers, or a link of a map. Nothing is asked of anybody.

import { readAngles } from "./angles.js";

const NUMBER = String.raw`([+-]?\d{1,3}(?:\.\d+)?)`;
const PAIR = new RegExp(`${NUMBER}\\s*(?:,|%2C|%20|\\+|;|\\s|/)+\\s*${NUMBER}`, "i");
// "55.75, 37.61", also with decimal commas, degrees and the letters of the compass.
const TYPED = /^\s*([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([NSСЮ]?)\s*[,;\s]\s*([+-]?\d{1,3}(?:[.,]\d+)?)\s*°?\s*([EWВЗ]?)\s*$/iu;
const SOUTH_OR_WEST = /^[SWЮЗ]$/iu;
// Where such a link leads is known only to its server.
const SHORT = /^(maps\.app\.goo\.gl|goo\.gl|go\.2gis\.com|maps\.apple\/|yandex\.[a-z]+\/maps\/-\/|osm\.org\/go\/)/;

/** {latitude, longitude}; or {error}: "short" for a shortened link, "unread" for anything else. */
export function readPlace(text) {
  const typed = TYPED.exec(text);
  if (typed) return checked(signed(typed[1], typed[2]), signed(typed[3], typed[4]));
  const angles = readAngles(text);
  if (angles) return checked(angles.latitude, angles.longitude);
  if (/^geo:/i.test(text.trim())) return readGeo(text.trim());
  let link;
  try {
    link = new URL(text.trim());
  } catch {
    return { error: "unread" };
  }
  const host = link.hostname.replace(/^(www|m)\./, "");
  if (SHORT.test(host + link.pathname)) return { error: "short" };
  return readLink(host, link);
}

/** Android names a point at 0,0 by what is searched for there. */
function readGeo(text) {
  const [point, query = ""] = text.slice("geo:".length).split("?");
  const told = pair(point, false);
  const searched = new URLSearchParams(query).get("q");
  return !told.error && !told.latitude && !told.longitude && searched ? pair(searched, false) : told;
}

/** Yandex and 2GIS name the longitude first, all others the latitude. */
function readLink(host, link) {
  const query = link.searchParams;
  if (query.has("mlat") && query.has("mlon")) return checked(query.get("mlat"), query.get("mlon"));
  if (/(^|\.)(yandex|ya)\.[a-z.]+$/.test(host)) return first([query.get("whatshere[point]"), query.get("pt"), query.get("poi[point]"), query.get("ll")], true);
  if (/(^|\.)2gis\.[a-z.]+$/.test(host)) return first([/\/geo\/[^/]*\/([^/]+)/.exec(decodeURIComponent(link.pathname))?.[1], query.get("m")], true);
  // Google: the pin, before where the camera stands.
  const pin = /!3d([+-]?[\d.]+)!4d([+-]?[\d.]+)/.exec(link.href);
  if (pin) return checked(pin[1], pin[2]);
  const hash = /map=[\d.]+\/([+-]?[\d.]+)\/([+-]?[\d.]+)/.exec(link.hash);
  const asked = ["query", "q", "destination", "daddr", "ll", "coordinate", "center"].map((name) => query.get(name));
  const found = first([...asked, /\/@([^/]+)/.exec(link.pathname)?.[1], /\/(?:search|place)\/([^/]+)/.exec(link.pathname)?.[1]], false);
  return found.error && hash ? checked(hash[1], hash[2]) : found;
}

function first(candidates, longitudeFirst) {
  for (const candidate of candidates) {
    const found = candidate ? pair(candidate, longitudeFirst) : null;
    if (found && !found.error) return found;
  }
  return { error: "unread" };
}

function pair(text, longitudeFirst) {
  const found = PAIR.exec(text);
  if (!found) return { error: "unread" };
  return longitudeFirst ? checked(found[2], found[1]) : checked(found[1], found[2]);
}

function signed(number, letter) {
  const value = Number(number.replace(",", "."));
  return SOUTH_OR_WEST.test(letter) ? -value : value;
}

function checked(latitude, longitude) {
  const place = { latitude: Number(latitude), longitude: Number(longitude) };
  const fits = Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 180;
  return fits ? place : { error: "unread" };
}
