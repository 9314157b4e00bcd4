/** [N, K, H, W]. */
export type Shape = [number, number, number, number];

/** Heatmaps as the golden file describes them: noise, then peaks [n, k, y, x, value]. */
export interface LcgMaps {
  seed: number;
  amp: number;
  bias: number;
  peaks: [number, number, number, number, number][];
}

export function lcgMaps({ seed, amp, bias, peaks }: LcgMaps, [N, K, H, W]: Shape): Float32Array {
  let state = seed;
  const maps = Float32Array.from({ length: N * K * H * W }, () => {
    state = (Math.imul(1664525, state) + 1013904223) >>> 0;
    return (state / 2 ** 32) * amp + bias;
  });
  for (const [n, k, y, x, value] of peaks) maps[((n * K + k) * H + y) * W + x] = value;
  return maps;
}
