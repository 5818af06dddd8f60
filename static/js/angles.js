// Two angles as people write them: 55°45′21″N 37°37′04″E, N 55° 45.35' E 37° 37.07', 55,75° с. ш. 37,61° в. д.

const SIDE = String.raw`[NSEWСЮВЗ](?![\p{L}])|[сюзв]\.?\s*[шд]\.?(?![\p{L}])`;
const NUMBER = String.raw`\d{1,3}(?:[.,]\d+)?`;
const TURN = String.raw`([+-]?${NUMBER})\s*[°º*]?\s*(?:(${NUMBER})\s*['′’]\s*)?(?:(${NUMBER})\s*(?:["″”]|''|′′)\s*)?`;
// The letters stand before both or behind both: in between they could belong to either.
const FORMS = [[`(${SIDE})?\\s*${TURN}`, 0], [`${TURN}(${SIDE})?`, 3]].map(([angle, side]) => [new RegExp(`^\\s*${angle}\\s*[,;\\s]?\\s*${angle}\\s*$`, "iu"), side]);
const SOUTH_OR_WEST = /^[SWЮЗ]/iu;
const EAST_OR_WEST = /^[EWВЗ]/iu;

/** {latitude, longitude} or null. Letters of the compass may stand before or after, and may name the longitude first. */
export function readAngles(text) {
  for (const [form, side] of FORMS) {
    const found = form.exec(text.replaceAll("−", "-"));
    const place = found && together(angle(found.slice(1, 5), side), angle(found.slice(5, 9), side));
    if (place) return place;
  }
  return null;
}

function together(one, other) {
  // A row of bare numbers could mean anything.
  if (!one || !other || !one.side !== !other.side || !(one.side || one.parted)) return null;
  const swapped = EAST_OR_WEST.test(one.side ?? "");
  if (one.side && swapped === EAST_OR_WEST.test(other.side)) return null;
  const [latitude, longitude] = swapped ? [other, one] : [one, other];
  return { latitude: latitude.degrees, longitude: longitude.degrees };
}

function angle(found, place) {
  const [side] = found.splice(place, 1);
  const [whole, minutes, seconds] = found.map((part) => (part ?? "0").replace(",", "."));
  if (minutes >= 60 || seconds >= 60) return null;
  const value = Math.abs(whole) + minutes / 60 + seconds / 3600;
  const negative = whole.startsWith("-") !== SOUTH_OR_WEST.test(side ?? "");
  return { side, parted: found[1] !== undefined, degrees: negative ? -value : value };
}
