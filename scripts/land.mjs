// Writes door/web/assets/land.svg, the land and borders under the console's map, from
// Natural Earth's public-domain outlines at 1:110 million as the npm package world-atlas
// has them: node scripts/land.mjs. x is the longitude, y the latitude downwards, in degrees.
import { readFileSync, writeFileSync } from "node:fs";

const atlas = JSON.parse(readFileSync("node_modules/world-atlas/countries-110m.json", "utf8"));
const { scale, translate } = atlas.transform;
const tenths = (v) => Math.round(10 * v);

const arcs = atlas.arcs.map((arc) => {
  let x = 0, y = 0;
  return arc.map(([dx, dy]) => {
    x += dx; y += dy;
    return [tenths(x * scale[0] + translate[0]), tenths(-(y * scale[1] + translate[1]))];
  });
});
const points = (i) => (i < 0 ? arcs[~i].toReversed() : arcs[i]);

// Relative steps in tenths of a degree are the shortest text.
function path(line, closed) {
  let [x, y] = line[0], out = `M${x} ${y}l`;
  for (const [px, py] of line.slice(1)) {
    if (px === x && py === y) continue;
    out += `${out.endsWith("l") || px < x ? "" : " "}${px - x}${py < y ? "" : " "}${py - y}`;
    [x, y] = [px, py];
  }
  return out.endsWith("l") ? "" : out + (closed ? "z" : "");
}

const uses = new Map();
for (const country of atlas.objects.countries.geometries)
  for (const i of new Set(country.arcs.flat(Infinity).map((i) => (i < 0 ? ~i : i)))) uses.set(i, (uses.get(i) ?? 0) + 1);

const rings = atlas.objects.land.geometries.flatMap((g) => (g.type === "Polygon" ? [g.arcs] : g.arcs)).flat();

// A ring over the 180th meridian goes on beyond the edge, and is drawn once more at the other.
function unrolled(line) {
  let turn = 0, before = line[0][0];
  const whole = line.map(([x, y]) => {
    if (Math.abs(x - before) > 1800) turn += x < before ? 3600 : -3600;
    before = x;
    return [x + turn, y];
  });
  const over = Math.max(...whole.map(([x]) => Math.abs(x))) > 1800 ? Math.sign(whole.find(([x]) => Math.abs(x) > 1800)[0]) : 0;
  return over ? [whole, whole.map(([x, y]) => [x - 3600 * over, y])] : [whole];
}

const land = rings
  .flatMap((ring) => unrolled(ring.flatMap(points)))
  .filter((line) => line.some(([, y]) => y < 600)) // without Antarctica
  .map((line) => path(line, true)).join("");
const borders = arcs.filter((_, i) => uses.get(i) > 1).map((line) => path(line, false)).join("");

writeFileSync("door/web/assets/land.svg",
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1800 -900 3600 1800"><path fill="#7d9a9c" fill-opacity=".33" d="${land}"/>` +
  `<path fill="none" stroke="#7d9a9c" stroke-opacity=".55" stroke-width="1.5" d="${borders}"/></svg>\n`);
