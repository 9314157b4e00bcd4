import type { Color } from '@pose/pose-viz';
import type { KeypointErrorKind } from '../../analysis/classify-keypoints';

/** Viridis (Nathaniel Smith and Stefan van der Walt for matplotlib, CC0) at 0, 1/4, ..., 1, without its last yellow. */
const VIRIDIS: readonly Color[] = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [190, 200, 30],
];

/** Colours of an order, from dark violet to yellow-green. */
export function sequentialColors(count: number): Color[] {
  return Array.from({ length: count }, (_, i) => {
    const at = count === 1 ? 0 : (i / (count - 1)) * (VIRIDIS.length - 1);
    const stop = Math.min(VIRIDIS.length - 2, Math.floor(at));
    const mix = (c: 0 | 1 | 2): number => VIRIDIS[stop][c] + (VIRIDIS[stop + 1][c] - VIRIDIS[stop][c]) * (at - stop);
    return [mix(0), mix(1), mix(2)].map(Math.round) as unknown as Color;
  });
}

/** Okabe and Ito 2008, "Color Universal Design": the same colour for the same error in all pictures. */
export const ERROR_COLORS: Readonly<Record<Exclude<KeypointErrorKind, 'good'>, Color>> = {
  jitter: [0, 114, 178],
  inversion: [213, 94, 0],
  swap: [0, 158, 115],
  miss: [204, 121, 167],
};
