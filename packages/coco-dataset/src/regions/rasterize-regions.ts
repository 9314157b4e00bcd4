import { DatasetError } from '../dataset-error';
import type { Region } from './region';

/**
 * Draws regions as a mask.
 *
 * A pixel belongs to a polygon or box when its centre (i + 0.5, j + 0.5) does; a centre on a left or upper edge is inside,
 * on a right or lower one outside. A polygon that crosses itself is filled by the even-odd rule; polygons and regions that
 * overlap add up. (pycocotools walks the outline on a grid five times as fine, which differs in pixels along it.)
 *
 * @param regions  in the pixels of the mask
 * @param size     [width, height] of the mask; parts of polygons and boxes outside of it are cut off
 * @param into     written instead of a new array, all of it; width * height long
 * @returns Uint8Array of shape [height, width], 1 inside
 * @throws DatasetError when the size is not whole numbers above 0, `into` has another length, a run-length mask is of an
 *   image of another size, or a polygon has a number that is not finite
 */
export function rasterizeRegions(
  regions: readonly Region[],
  size: readonly [width: number, height: number],
  into?: Uint8Array,
): Uint8Array {
  const [width, height] = size;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width <= 0 || height <= 0) {
    throw new DatasetError(`size: expected [width, height] in whole pixels above 0, found [${width}, ${height}]`);
  }
  if (into && into.length !== width * height) {
    throw new DatasetError(`into: expected ${width} x ${height} = ${width * height} values, found ${into.length}`);
  }
  const mask = into?.fill(0) ?? new Uint8Array(width * height);
  for (const region of regions) {
    if (region.kind === 'mask') drawRuns(mask, region.runs, region.size, size);
    else if (region.kind === 'polygons') for (const polygon of region.polygons) fillPolygon(mask, polygon, size);
    else {
      const [x, y, w, h] = region.box;
      fillPolygon(mask, [x, y, x + w, y, x + w, y + h, x, y + h], size);
    }
  }
  return mask;
}

function drawRuns(
  mask: Uint8Array,
  runs: readonly number[],
  runsSize: readonly [number, number],
  [width, height]: readonly [number, number],
): void {
  if (runsSize[0] !== width || runsSize[1] !== height) {
    throw new DatasetError(
      `size: expected ${runsSize[0]}x${runsSize[1]} (width x height), the size of the run-length mask, ` +
        `found ${width}x${height}`,
    );
  }
  let position = 0;
  runs.forEach((run, i) => {
    const end = position + run;
    if (i % 2 === 1) for (let p = position; p < end; p++) mask[(p % height) * width + Math.floor(p / height)] = 1;
    position = end;
  });
}

/** Fills row by row between the places where the row of pixel centres crosses the outline. */
function fillPolygon(
  mask: Uint8Array,
  polygon: readonly number[],
  [width, height]: readonly [width: number, height: number],
): void {
  const bad = polygon.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new DatasetError(`polygon[${bad}]: expected a finite number, found ${polygon[bad]}`);

  const crossings: number[] = [];
  const [top, bottom] = extentY(polygon);
  const lastRow = Math.min(height - 1, Math.floor(bottom));
  for (let row = Math.max(0, Math.floor(top)); row <= lastRow; row++) {
    const y = row + 0.5;
    crossings.length = 0;
    for (let i = 0; i + 1 < polygon.length; i += 2) {
      const [x1, y1] = [polygon[i], polygon[i + 1]];
      const next = i + 3 < polygon.length ? i + 2 : 0;
      const [x2, y2] = [polygon[next], polygon[next + 1]];
      // Half open, so that a corner on the row counts once.
      if (y1 <= y !== y2 <= y) crossings.push(x1 + ((y - y1) * (x2 - x1)) / (y2 - y1));
    }
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil(crossings[i] - 0.5));
      const to = Math.min(width, Math.ceil(crossings[i + 1] - 0.5));
      if (from < to) mask.fill(1, row * width + from, row * width + to);
    }
  }
}

function extentY(polygon: readonly number[]): [top: number, bottom: number] {
  let [top, bottom] = [Infinity, -Infinity];
  for (let i = 1; i < polygon.length; i += 2) {
    top = Math.min(top, polygon[i]);
    bottom = Math.max(bottom, polygon[i]);
  }
  return [top, bottom];
}
