import { PARTS, type Layer, type Part } from './layer';
import type { Outline } from './outline';

/** Which layer is on top at each pixel centre: 0 none, 1 a prop, otherwise a person's part (`ownerAt`, `partAt`). */
export interface IdBuffer {
  width: number;
  height: number;
  /** Shape [height, width]. */
  ids: Uint16Array;
}

const FIRST_PERSON = 2;

/** Paints the layers' identities in their order, without anti-aliasing: a pixel belongs to the polygon at its centre. */
export function paintIds(layers: readonly Layer[], width: number, height: number): IdBuffer {
  const ids = new Uint16Array(width * height);
  for (const { outline, owner, part } of layers) {
    if (owner === 'none') continue;
    const id = owner === 'prop' || part === undefined ? 1 : FIRST_PERSON + owner * PARTS.length + PARTS.indexOf(part);
    fillPolygon(outline, width, height, (row, from, to) => {
      // Runs are a few pixels long: a plain loop beats TypedArray.fill.
      for (let i = row * width + from, end = row * width + to; i < end; i++) ids[i] = id;
    });
  }
  return { width, height, ids };
}

/** Index in scene.people of whom pixel (x, y) shows, or -1. */
export function ownerAt({ width, ids }: IdBuffer, x: number, y: number): number {
  return ownerOf(ids[y * width + x]);
}

export function ownerOf(id: number): number {
  return id < FIRST_PERSON ? -1 : Math.floor((id - FIRST_PERSON) / PARTS.length);
}

/** How many pixels show each of the first `people` persons. */
export function areasInSight({ ids }: IdBuffer, people: number): number[] {
  const pixels = new Uint32Array(FIRST_PERSON + people * PARTS.length);
  for (let i = 0; i < ids.length; i++) pixels[ids[i]]++;
  const areas = new Array<number>(people).fill(0);
  for (let id = FIRST_PERSON; id < FIRST_PERSON + people * PARTS.length; id++) areas[ownerOf(id)] += pixels[id];
  return areas;
}

/** The part that pixel (x, y) shows, or undefined where it shows no person. */
export function partAt({ width, ids }: IdBuffer, x: number, y: number): Part | undefined {
  const id = ids[y * width + x];
  return id < FIRST_PERSON ? undefined : PARTS[(id - FIRST_PERSON) % PARTS.length];
}

/**
 * Scan conversion by the non-zero rule, SVG's own: reports the runs [from, to) of each row whose pixel centres are inside.
 */
export function fillPolygon(
  outline: Outline,
  width: number,
  height: number,
  run: (row: number, from: number, to: number) => void,
): void {
  const n = outline.length;
  let top = Infinity;
  let bottom = -Infinity;
  for (let i = 1; i < n; i += 2) {
    if (outline[i] < top) top = outline[i];
    if (outline[i] > bottom) bottom = outline[i];
  }
  const crossings: number[] = [];
  const windings: number[] = [];
  const last = Math.min(height - 1, Math.ceil(bottom - 0.5) - 1);
  for (let row = Math.max(0, Math.ceil(top - 0.5)); row <= last; row++) {
    const y = row + 0.5;
    let count = 0;
    for (let i = 0, j = n - 2; i < n; j = i, i += 2) {
      const y0 = outline[j + 1];
      const y1 = outline[i + 1];
      if (y0 <= y === y1 <= y) continue;
      const x = outline[j] + ((y - y0) / (y1 - y0)) * (outline[i] - outline[j]);
      // Insertion keeps the few crossings of a row in order.
      let k = count++;
      while (k > 0 && crossings[k - 1] > x) {
        crossings[k] = crossings[k - 1];
        windings[k] = windings[k - 1];
        k--;
      }
      crossings[k] = x;
      windings[k] = y0 < y1 ? 1 : -1;
    }
    let winding = 0;
    for (let k = 0; k + 1 < count; k++) {
      winding += windings[k];
      if (winding === 0) continue;
      const from = Math.max(0, Math.ceil(crossings[k] - 0.5));
      const to = Math.min(width, Math.ceil(crossings[k + 1] - 0.5));
      if (to > from) run(row, from, to);
    }
  }
}
