// Outlines that cross the 180th meridian or go around a pole, for a flat map: on past its edge, not back across it.

const EDGE = 180;
const TURN = 360;
const POLE = 89;

/** A GeoJSON feature's polygons unrolled. What crosses the edge is there twice, once at either side. */
export function unroll(feature) {
  const { type, coordinates } = feature.geometry;
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  return { ...feature, geometry: { type: "MultiPolygon", coordinates: polygons.flatMap(unrollPolygon) } };
}

function unrollPolygon(rings) {
  const unrolled = rings.map(unrollRing);
  const longitudes = unrolled[0].map(([longitude]) => longitude);
  const copies = [unrolled];
  if (Math.max(...longitudes) > EDGE) copies.push(moved(unrolled, -TURN));
  if (Math.min(...longitudes) < -EDGE) copies.push(moved(unrolled, TURN));
  return copies;
}

function unrollRing(ring) {
  let turns = 0;
  let before = ring[0][0];
  const unrolled = ring.map(([longitude, latitude]) => {
    if (longitude - before > EDGE) turns -= TURN;
    else if (before - longitude > EDGE) turns += TURN;
    before = longitude;
    return [longitude + turns, latitude];
  });
  return turns ? closedAtPole(unrolled) : unrolled;
}

/** It went all the way around, so its end lies beside its beginning: joined along the map's rim. */
function closedAtPole(ring) {
  const [first, last] = [ring[0], ring.at(-1)];
  const rim = first[1] < 0 ? -POLE : POLE;
  return [...ring, [last[0], rim], [first[0], rim], first];
}

function moved(rings, by) {
  return rings.map((ring) => ring.map(([longitude, latitude]) => [longitude + by, latitude]));
}
