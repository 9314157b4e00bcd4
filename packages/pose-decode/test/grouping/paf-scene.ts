import { uniform } from '@pose/golden-cases';

/** People drawn as confidence maps and part affinity fields, by formula. */
export interface Scene {
  grid: number;
  stride: number;
  /** [x, y, score] per keypoint, network input pixels; null where it is not to be found */
  persons: ([x: number, y: number, score: number] | null)[][];
  extra_peaks: [k: number, x: number, y: number, score: number][];
  heat_sigma: number;
  paf_sigma: number;
  paf_strength: number;
  heat_noise: number;
  paf_noise: number;
  noise_name: string;
}

type Limbs = readonly (readonly [number, number])[];

/** Shape [grid, grid, 19]; the last map, the background, is 0. */
export function sceneHeatmaps(scene: Scene): Float32Array {
  const { grid, persons, extra_peaks, heat_sigma, heat_noise } = scene;
  const noise = uniform(scene.noise_name);
  const heatmaps = new Float32Array(grid * grid * 19);
  for (let k = 0; k < 18; k++) {
    const blobs = [
      ...persons.flatMap(({ [k]: point }) => (point ? [point] : [])),
      ...extra_peaks.filter(([of]) => of === k).map(([, ...blob]) => blob),
    ];
    cells(scene, (x, y, cell) => {
      let value = heat_noise * (noise(k * grid * grid + cell) - 0.5);
      for (const [cx, cy, score] of blobs) {
        value += score * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * heat_sigma ** 2));
      }
      heatmaps[cell * 19 + k] = value;
    });
  }
  return heatmaps;
}

/** Shape [grid, grid, 2 * limbs]. */
export function sceneFields(scene: Scene, limbs: Limbs): Float32Array {
  const { grid, persons, paf_sigma, paf_strength, paf_noise } = scene;
  const noise = uniform(scene.noise_name);
  const channels = 2 * limbs.length;
  const fields = new Float32Array(grid * grid * channels);
  limbs.forEach(([a, b], n) => {
    const lines = persons.flatMap((person) => {
      const [from, to] = [person[a], person[b]];
      if (!from || !to) return [];
      const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
      return [{ from, length, u: [(to[0] - from[0]) / length, (to[1] - from[1]) / length] }];
    });
    cells(scene, (x, y, cell) => {
      const sum = [0, 1].map((axis) => paf_noise * (noise((19 + 2 * n + axis) * grid * grid + cell) - 0.5));
      for (const { from, length, u } of lines) {
        const [px, py] = [x - from[0], y - from[1]];
        const t = Math.min(Math.max(px * u[0] + py * u[1], 0), length);
        const distance = Math.hypot(px - t * u[0], py - t * u[1]);
        const weight = paf_strength * Math.exp(-(distance ** 2) / (2 * paf_sigma ** 2));
        sum[0] += weight * u[0];
        sum[1] += weight * u[1];
      }
      fields.set(sum, cell * channels + 2 * n);
    });
  });
  return fields;
}

function cells({ grid, stride }: Scene, draw: (x: number, y: number, cell: number) => void): void {
  for (let row = 0; row < grid; row++) {
    for (let column = 0; column < grid; column++) {
      draw(stride * column + (stride - 1) / 2, stride * row + (stride - 1) / 2, row * grid + column);
    }
  }
}
