import { join } from 'node:path';
import { pipelineParity, uniform } from '@pose/golden-cases';

export const parity = pipelineParity(join(__dirname, 'fixtures'));

/** Heatmaps by formula, one object per batch element. */
export interface BlobMaps {
  K: number;
  H: number;
  W: number;
  offset: number;
  blobs: [k: number, amplitude: number, x: number, y: number, sigma: number][];
  noise_name: string;
  noise_amp: number;
  channels?: number[];
  multiply?: number;
}

/** The batch as a flat array [batch, K, height, width] or [batch, height, width, K], with its shape. */
export function heatmapsByFormula(maps: BlobMaps[], layout: 'khw' | 'hwk') {
  const people = maps.map(personByFormula);
  const { W, H } = maps[0];
  const area = W * H;
  const keypoints = people[0].length / area;
  const heatmaps = Float32Array.from(people.flatMap((values) => Array.from(values)));
  const shape = { size: [W, H] as const, keypoints, batch: maps.length, layout };
  if (layout === 'khw') return { heatmaps, shape };
  return {
    heatmaps: heatmaps.map(
      (_, i) => people[Math.floor(i / area / keypoints)][(i % keypoints) * area + (Math.floor(i / keypoints) % area)],
    ),
    shape,
  };
}

function personByFormula({ K, H, W, offset, blobs, noise_name, noise_amp, channels, multiply = 1 }: BlobMaps) {
  const noise = uniform(noise_name);
  const all = Array.from({ length: K }, (_, k) => {
    const map = new Float64Array(H * W).fill(offset);
    for (const [, amplitude, cx, cy, s] of blobs.filter((blob) => blob[0] === k)) {
      for (let i = 0; i < map.length; i++) {
        const [x, y] = [i % W, Math.floor(i / W)];
        map[i] += amplitude * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * s * s));
      }
    }
    return Float32Array.from(map, (value, i) => value + noise_amp * (noise(k * H * W + i) - 0.5));
  });
  const chosen = (channels ?? all.map((_, k) => k)).map((k) => all[k]);
  return Float32Array.from(
    chosen.flatMap((map) => Array.from(map)),
    (value) => value * multiply,
  );
}
