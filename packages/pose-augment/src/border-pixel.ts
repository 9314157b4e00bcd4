import { borderIndex } from './border-index';
import type { Border } from './warp-options';
import type { WarpSource } from './warp-source';

/**
 * Adds the bilinear value at a position whose taps need not be inside of the source, not rounded.
 *
 * @param sx, sy position in the full image
 * @param value  three channels
 */
export function addBilinear(source: WarpSource, border: Border, sx: number, sy: number, value: Float64Array): void {
  const left = Math.floor(sx);
  const top = Math.floor(sy);
  const u = sx - left;
  const v = sy - top;
  for (let j = 0; j < 2; j++) {
    const row = borderIndex(top + j, source.height, border.mode);
    const weightY = j === 0 ? 1 - v : v;
    for (let i = 0; i < 2; i++) {
      const weightX = i === 0 ? 1 - u : u;
      // A tap without weight is not read: a part of an image need not hold it.
      if (weightX === 0 || weightY === 0) continue;
      const column = borderIndex(left + i, source.width, border.mode);
      const inside = row >= 0 && column >= 0;
      const tap = source.origin + row * source.stride + column * source.right;
      for (let c = 0; c < 3; c++) value[c] += (inside ? source.data[tap + c] : border.color[c]) * weightX * weightY;
    }
  }
}
