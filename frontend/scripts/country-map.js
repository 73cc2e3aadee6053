/**
 * The map of the country for dist/map.json: the outline of each of the 34 provinces (since 1 July 2025) as one SVG path.
 *
 * Source of the shapes: @svg-maps/vietnam (CC BY 4.0), which has the 63 provinces of before; they are united along
 * apps/places/data/former_provinces.csv. Hoàng Sa and Trường Sa are smaller than a pixel at this scale, so the page
 * draws them as labelled insets and they are left out here.
 */
import { readFileSync } from "node:fs";
import vietnam from "@svg-maps/vietnam";
import polygonClipping from "polygon-clipping";

const GRID = 1; // map units; neighbours that differ by less than this are the same point
const SMALLEST_AREA = 1.2; // square map units; slivers left by the union and specks of rock
const SEA_GAP = 3.5; // square map units; a hole smaller than this is a crack between two old provinces
const ARCHIPELAGOS = new Set(["hoangsa", "truongsa"]);
const RENAMED = { "thua thien hue": "hue" };

const root = new URL("../../", import.meta.url);

/** The name in plain letters, without the kind of unit before it. */
function key(name) {
  const plain = name
    .replace(/^(Tỉnh|Thành phố)\s+/u, "")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/gu, "")
    .replace(/đ/gu, "d")
    .replace(/Đ/gu, "D")
    .toLowerCase()
    .replace(/[^a-z]+/gu, " ")
    .trim();
  return RENAMED[plain] ?? plain;
}

function readMapping() {
  const text = readFileSync(new URL("apps/places/data/former_provinces.csv", root), "utf8");
  const rows = text.trim().split(/\r?\n/u).slice(1);
  return new Map(rows.map((row) => row.split(",")).map(([name, code]) => [key(name), code]));
}

const snap = (value) => Math.round(value / GRID) * GRID;

/** Closed rings of an SVG path that consists of m, l and z. */
function rings(path) {
  const tokens = path.match(/[a-z]|-?[\d.]+(?:e-?\d+)?/giu);
  const found = [];
  let [x, y, command, ring] = [0, 0, "m", []];
  for (let i = 0; i < tokens.length; ) {
    if (/[a-z]/iu.test(tokens[i])) {
      command = tokens[i];
      i += 1;
      if (command.toLowerCase() === "z") {
        [x, y] = ring[0];
      }
      continue;
    }
    const relative = command === command.toLowerCase();
    x = Number(tokens[i]) + (relative ? x : 0);
    y = Number(tokens[i + 1]) + (relative ? y : 0);
    i += 2;
    if (command.toLowerCase() === "m") {
      ring = [];
      found.push(ring);
      command = relative ? "l" : "L";
    }
    ring.push([x, y]);
  }
  return found;
}

function area(ring) {
  return ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
}

/** A multipolygon for polygon-clipping, on the grid. */
function polygons(path) {
  return rings(path)
    .map((ring) => ring.map(([x, y]) => [snap(x), snap(y)]))
    .filter((ring) => ring.length > 3 && Math.abs(area(ring)) > GRID)
    .map((ring) => [ring]);
}

/** The ring without points on a straight line between their neighbours. */
function corners(ring) {
  const open = ring.slice(0, -1);
  return open.filter(([x, y], i) => {
    const [beforeX, beforeY] = open.at(i - 1);
    const [afterX, afterY] = open[(i + 1) % open.length];
    return (x - beforeX) * (afterY - y) !== (y - beforeY) * (afterX - x);
  });
}

/** Path commands with relative steps: half the bytes of absolute ones. */
function outline(ring) {
  const [[startX, startY], ...rest] = corners(ring);
  let [x, y] = [startX, startY];
  const steps = rest.map(([nextX, nextY]) => {
    const step = `${nextX - x} ${nextY - y}`;
    [x, y] = [nextX, nextY];
    return step;
  });
  return `M${startX} ${startY}l${steps.join(" ").replaceAll(" -", "-")}z`;
}

function pathOf(shape) {
  const kept = shape.flatMap((polygon) => {
    const [outer, ...holes] = polygon;
    if (Math.abs(area(outer)) < SMALLEST_AREA) {
      return [];
    }
    return [outer, ...holes.filter((hole) => Math.abs(area(hole)) > SEA_GAP)];
  });
  return kept.map(outline).join("");
}

/** Centre of mass of the largest part: where a label or a pin stands. */
function centre(shape) {
  const ring = shape.map(([outer]) => outer).sort((a, b) => Math.abs(area(b)) - Math.abs(area(a)))[0];
  const whole = area(ring);
  let [cx, cy] = [0, 0];
  ring.forEach(([x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length];
    const cross = x * nextY - nextX * y;
    cx += (x + nextX) * cross;
    cy += (y + nextY) * cross;
  });
  return { x: Math.round(cx / (6 * whole)), y: Math.round(cy / (6 * whole)) };
}

/** Shapes of the 63 provinces of before, collected under the code of the present one. */
function partsByProvince() {
  const mapping = readMapping();
  const groups = new Map();
  for (const { id, name, path } of vietnam.locations) {
    if (ARCHIPELAGOS.has(id)) {
      continue;
    }
    const code = mapping.get(key(name));
    if (!code) {
      throw new Error(`No present province for "${name}" in former_provinces.csv`);
    }
    groups.set(code, [...(groups.get(code) ?? []), ...polygons(path)]);
  }
  return groups;
}

/** `{code: {path, x, y}}` for the 34 provinces; x and y are the middle of the largest part. */
export function countryMap() {
  const provinces = Object.fromEntries(
    [...partsByProvince()].sort().map(([code, parts]) => {
      const shape = polygonClipping.union(...parts.map((part) => [part]));
      return [code, { path: pathOf(shape), ...centre(shape) }];
    }),
  );
  if (Object.keys(provinces).length !== 34) {
    throw new Error(`Expected 34 provinces, the map has ${Object.keys(provinces).length}`);
  }
  return { attribution: "@svg-maps/vietnam, CC BY 4.0", provinces };
}
