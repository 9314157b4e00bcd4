import { backend_util } from '@tensorflow/tfjs-core';

type Shape4D = [number, number, number, number];
export type Pad = 'same' | 'valid' | [[number, number], [number, number], [number, number], [number, number]];

export interface Convolution {
  xShape: Shape4D;
  filterShape: Shape4D;
  strides: [number, number];
  pad: Pad;
}

export const sizeOf = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);

export function outShape({ xShape, filterShape, strides, pad }: Convolution): Shape4D {
  return backend_util.computeConv2DInfo(xShape, filterShape, strides, 1, pad).outShape;
}

/** Visits every product of a convolution: `visit(y index, x index, filter index)`. */
function forEachProduct(c: Convolution, visit: (y: number, x: number, f: number) => void): void {
  const [batch, height, width, inChannels] = c.xShape;
  const [kh, kw, , outChannels] = c.filterShape;
  const info = backend_util.computeConv2DInfo(c.xShape, c.filterShape, c.strides, 1, c.pad);
  for (let n = 0; n < batch; n++)
    for (let oy = 0; oy < info.outHeight; oy++)
      for (let ox = 0; ox < info.outWidth; ox++)
        for (let ky = 0; ky < kh; ky++)
          for (let kx = 0; kx < kw; kx++) {
            const iy = oy * c.strides[0] + ky - info.padInfo.top;
            const ix = ox * c.strides[1] + kx - info.padInfo.left;
            if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
            for (let ci = 0; ci < inChannels; ci++)
              for (let co = 0; co < outChannels; co++)
                visit(
                  ((n * info.outHeight + oy) * info.outWidth + ox) * outChannels + co,
                  ((n * height + iy) * width + ix) * inChannels + ci,
                  ((ky * kw + kx) * inChannels + ci) * outChannels + co,
                );
          }
}

/** The convolution and both of its gradients in float64, product by product. */
export function convolve(c: Convolution, x: ArrayLike<number>, filter: ArrayLike<number>): Float64Array {
  const y = new Float64Array(sizeOf(outShape(c)));
  forEachProduct(c, (yi, xi, fi) => (y[yi] += x[xi] * filter[fi]));
  return y;
}

export function inputGradient(c: Convolution, dy: ArrayLike<number>, filter: ArrayLike<number>): Float64Array {
  const dx = new Float64Array(sizeOf(c.xShape));
  forEachProduct(c, (yi, xi, fi) => (dx[xi] += dy[yi] * filter[fi]));
  return dx;
}

export function filterGradient(c: Convolution, dy: ArrayLike<number>, x: ArrayLike<number>): Float64Array {
  const df = new Float64Array(sizeOf(c.filterShape));
  forEachProduct(c, (yi, xi, fi) => (df[fi] += dy[yi] * x[xi]));
  return df;
}
