import { join } from 'node:path';
import { pipelineParity } from '@pose/golden-cases';
import type { Affine, Box, Draw, Image } from '../src';

export const parity = pipelineParity(join(__dirname, 'fixtures'));

// jest looks globals up in a sandbox, which is slow for a million values.
const { cos, floor, sin } = Math;

/** The pictures of SPEC.md 0.4. */
export function imageByFormula(name: 'formula' | 'smooth', width: number, height: number): Image {
  const value = {
    formula: (x: number, y: number, c: number) => (x * 7 + y * 13 + c * 29 + ((x * y) >> 3)) & 255,
    smooth: (x: number, y: number, c: number) =>
      127.5 + 80 * sin((x * (3 + c) + y * 2) / 61) + 40 * cos((x * 2 - y * (5 + c)) / 23),
  }[name];
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++, i++) data[i] = floor(value(x, y, c));
    }
  }
  return { data: new Uint8Array(data.buffer), width, height, channels: 3 };
}

export function affineOf(rows: readonly (readonly number[])[]): Affine {
  return rows.flat() as unknown as Affine;
}

export function tripletsOf(joints: readonly (readonly number[])[], visible: readonly number[]): number[] {
  return joints.flatMap(([x, y], k) => [x, y, visible[k]]);
}

/** x and y of triplets. */
export function positionsOf(triplets: readonly number[]): number[] {
  return triplets.filter((_, i) => i % 3 < 2);
}

/** Draws as the cases list them: normal ones are called randn, uniform ones rand or random. */
export function drawsOf(draws: readonly (readonly ['rand' | 'random' | 'randn', number])[]): Draw[] {
  return draws.map(([name, value]) => ({ kind: name === 'randn' ? 'normal' : 'uniform', value }));
}

/** [x1, y1, x2, y2] */
export function cornersOf([x, y, width, height]: Box): number[] {
  return [x, y, x + width, y + height];
}
