import type { WindowGeometry } from './window-geometry';

/**
 * Max pooling's gradient: each dy goes to the first maximum of its window in row-major order, as TensorFlow does.
 * dx must come zeroed. A window of NaN has no maximum and gives to nobody.
 */
export function maxPoolGradient(dy: Float32Array, x: Float32Array, g: WindowGeometry, dx: Float32Array): void {
  const channels = g.inChannels;
  const best = new Float32Array(channels);
  const where = new Int32Array(channels);
  let out = 0;
  for (let n = 0; n < g.batchSize; n++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      for (let ox = 0; ox < g.outWidth; ox++, out += channels) {
        best.fill(-Infinity);
        where.fill(-1);
        for (let ky = 0; ky < g.filterHeight; ky++) {
          const iy = oy * g.strideHeight - g.padTop + ky;
          if (iy < 0 || iy >= g.inHeight) continue;
          for (let kx = 0; kx < g.filterWidth; kx++) {
            const ix = ox * g.strideWidth - g.padLeft + kx;
            if (ix < 0 || ix >= g.inWidth) continue;
            const at = ((n * g.inHeight + iy) * g.inWidth + ix) * channels;
            for (let c = 0; c < channels; c++) {
              if (x[at + c] > best[c]) {
                best[c] = x[at + c];
                where[c] = at + c;
              }
            }
          }
        }
        for (let c = 0; c < channels; c++) if (where[c] >= 0) dx[where[c]] += dy[out + c];
      }
    }
  }
}
