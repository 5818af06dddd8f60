// How vectors of an unknown kind are drawn: we do not know what their layers mean, so areas, lines and points alone.

const POINT = 1;
const LINE = 2;
const AREA = 3;

/** Rules for protomaps-leaflet: every layer in quiet colours, areas below lines below points. */
export function plainRules(layers) {
  const { PolygonSymbolizer, LineSymbolizer, CircleSymbolizer } = protomapsL;
  const looks = [
    [AREA, new PolygonSymbolizer({ fill: "#8fa3ad", opacity: 0.25 })],
    [LINE, new LineSymbolizer({ color: "#6b7f8a", width: 1 })],
    [POINT, new CircleSymbolizer({ fill: "#6b7f8a", radius: 2 })],
  ];
  const paintRules = looks.flatMap(([kind, symbolizer]) =>
    layers.map((dataLayer) => ({ dataLayer, symbolizer, filter: (_zoom, feature) => feature.geomType === kind })),
  );
  return { paintRules, labelRules: [] };
}
