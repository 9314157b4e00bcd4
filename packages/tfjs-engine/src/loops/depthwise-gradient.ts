import type { WindowGeometry } from './window-geometry';

/** Of a depthwise convolution: input channel c goes to the output channels c * multiplier and those after it. */
export interface DepthwiseGeometry extends WindowGeometry {
  dilationHeight: number;
  dilationWidth: number;
  multiplier: number;
}

/**
 * A depthwise convolution's gradient towards its input.
 *
 * @param dy  [batch, outHeight, outWidth, inChannels * multiplier]
 * @param filter  [filterHeight, filterWidth, inChannels, multiplier]
 * @param dx  [batch, inHeight, inWidth, inChannels], overwritten
 */
export function depthwiseInputGradient(
  dy: Float32Array,
  filter: Float32Array,
  g: DepthwiseGeometry,
  dx: Float32Array,
): void {
  const { inChannels, multiplier } = g;
  dx.fill(0);
  for (const [from, to, tap] of pixelsUnderTaps(g)) {
    let m = 0;
    for (let c = 0; c < inChannels; c++) {
      let sum = 0;
      for (const end = m + multiplier; m < end; m++) sum += dy[to + m] * filter[tap + m];
      dx[from + c] += sum;
    }
  }
}

/** The same towards its filter; x is shaped like `dx` above, and `dFilter`, like `filter`, is overwritten. */
export function depthwiseFilterGradient(
  x: Float32Array,
  dy: Float32Array,
  g: DepthwiseGeometry,
  dFilter: Float32Array,
): void {
  const { inChannels, multiplier } = g;
  dFilter.fill(0);
  for (const [from, to, tap] of pixelsUnderTaps(g)) {
    let m = 0;
    for (let c = 0; c < inChannels; c++) {
      const value = x[from + c];
      for (const end = m + multiplier; m < end; m++) dFilter[tap + m] += value * dy[to + m];
    }
  }
}

/** For each output pixel and each tap over the image: the first values of the input's pixel, the output's and the tap. */
function* pixelsUnderTaps(g: DepthwiseGeometry): Generator<readonly [number, number, number]> {
  const outChannels = g.inChannels * g.multiplier;
  for (let n = 0; n < g.batchSize; n++) {
    for (let oy = 0; oy < g.outHeight; oy++) {
      for (let ky = 0; ky < g.filterHeight; ky++) {
        const iy = oy * g.strideHeight - g.padTop + ky * g.dilationHeight;
        if (iy < 0 || iy >= g.inHeight) continue;
        for (let ox = 0; ox < g.outWidth; ox++) {
          const to = ((n * g.outHeight + oy) * g.outWidth + ox) * outChannels;
          for (let kx = 0; kx < g.filterWidth; kx++) {
            const ix = ox * g.strideWidth - g.padLeft + kx * g.dilationWidth;
            if (ix < 0 || ix >= g.inWidth) continue;
            const from = ((n * g.inHeight + iy) * g.inWidth + ix) * g.inChannels;
            yield [from, to, (ky * g.filterWidth + kx) * outChannels];
          }
        }
      }
    }
  }
}
