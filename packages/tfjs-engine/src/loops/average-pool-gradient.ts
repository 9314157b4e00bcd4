import type { WindowGeometry } from './window-geometry';

/**
 * Average pooling's gradient: each dy is shared out evenly between the pixels of its window that are inside of the
 * image, since padding does not count in the average. (TensorFlow.js' own loops divide by the whole window instead.)
 *
 * @param dy  [batch, outHeight, outWidth, channels]
 * @param dx  [batch, inHeight, inWidth, channels], overwritten
 */
export function averagePoolGradient(dy: Float32Array, g: WindowGeometry, dx: Float32Array): void {
  const channels = g.inChannels;
  dx.fill(0);
  let out = 0;
  for (let n = 0; n < g.batchSize; n++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      const fromY = Math.max(0, oy * g.strideHeight - g.padTop);
      const toY = Math.min(g.inHeight, oy * g.strideHeight - g.padTop + g.filterHeight);
      for (let ox = 0; ox < g.outWidth; ox++, out += channels) {
        const fromX = Math.max(0, ox * g.strideWidth - g.padLeft);
        const toX = Math.min(g.inWidth, ox * g.strideWidth - g.padLeft + g.filterWidth);
        const share = 1 / ((toY - fromY) * (toX - fromX));
        for (let y = fromY; y < toY; y++) {
          for (let x = fromX; x < toX; x++) {
            const at = ((n * g.inHeight + y) * g.inWidth + x) * channels;
            for (let c = 0; c < channels; c++) dx[at + c] += dy[out + c] * share;
          }
        }
      }
    }
  }
}
