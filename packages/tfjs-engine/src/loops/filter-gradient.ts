import type { WindowGeometry } from './window-geometry';

export interface FilterGeometry extends WindowGeometry {
  outChannels: number;
}

/**
 * A convolution's gradient towards its filter: for each tap and pair of channels, the sum over the output pixels whose
 * input is inside of the image.
 *
 * @param x  [batch, inHeight, inWidth, inChannels]
 * @param dy  [batch, outHeight, outWidth, outChannels]
 * @param dFilter  [filterHeight, filterWidth, inChannels, outChannels], overwritten
 */
export function filterGradient(x: Float32Array, dy: Float32Array, g: FilterGeometry, dFilter: Float32Array): void {
  const { inChannels, outChannels } = g;
  dFilter.fill(0);
  for (let ky = 0; ky < g.filterHeight; ky++) {
    for (let kx = 0; kx < g.filterWidth; kx++) {
      const tap = (ky * g.filterWidth + kx) * inChannels * outChannels;
      for (let n = 0; n < g.batchSize; n++) {
        for (let oy = 0; oy < g.outHeight; oy++) {
          const iy = oy * g.strideHeight - g.padTop + ky;
          if (iy < 0 || iy >= g.inHeight) continue;
          for (let ox = 0; ox < g.outWidth; ox++) {
            const ix = ox * g.strideWidth - g.padLeft + kx;
            if (ix < 0 || ix >= g.inWidth) continue;
            const from = ((n * g.inHeight + iy) * g.inWidth + ix) * inChannels;
            const to = ((n * g.outHeight + oy) * g.outWidth + ox) * outChannels;
            for (let c = 0; c < inChannels; c++) {
              const value = x[from + c];
              const row = tap + c * outChannels;
              for (let k = 0; k < outChannels; k++) dFilter[row + k] += value * dy[to + k];
            }
          }
        }
      }
    }
  }
}
