import { backend_util } from '@tensorflow/tfjs-core';
import type { Pad } from './convolution';

export type Shape4D = [number, number, number, number];

export interface WindowedOp {
  xShape: Shape4D;
  window: [number, number];
  strides: [number, number];
  dilations: [number, number];
  pad: Pad | number;
}

export function windowInfo({ xShape, window, strides, dilations, pad }: WindowedOp) {
  const filterShape: Shape4D = [...window, xShape[3], 1];
  return backend_util.computeConv2DInfo(xShape, filterShape, strides, dilations, pad);
}

/** Calls `visit` for each output pixel with the pixels of its window that are in the image, and their taps. */
function forEachWindow(w: WindowedOp, visit: (output: number, inside: { pixel: number; tap: number }[]) => void): void {
  const [batch, height, width] = w.xShape;
  const { outHeight, outWidth, padInfo } = windowInfo(w);
  let output = 0;
  for (let n = 0; n < batch; n++)
    for (let oy = 0; oy < outHeight; oy++)
      for (let ox = 0; ox < outWidth; ox++) {
        const inside: { pixel: number; tap: number }[] = [];
        for (let ky = 0; ky < w.window[0]; ky++)
          for (let kx = 0; kx < w.window[1]; kx++) {
            const iy = oy * w.strides[0] + ky * w.dilations[0] - padInfo.top;
            const ix = ox * w.strides[1] + kx * w.dilations[1] - padInfo.left;
            if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
            inside.push({ pixel: (n * height + iy) * width + ix, tap: ky * w.window[1] + kx });
          }
        visit(output++, inside);
      }
}

const outPixels = (w: WindowedOp) => w.xShape[0] * windowInfo(w).outHeight * windowInfo(w).outWidth;

/** filter [height, width, inChannels, outChannels] */
export function convolution(w: WindowedOp, outChannels: number) {
  const channels = w.xShape[3];
  return (x: Float64Array, filter: Float64Array): Float64Array => {
    const y = new Float64Array(outPixels(w) * outChannels);
    forEachWindow(w, (output, inside) => {
      for (const { pixel, tap } of inside)
        for (let c = 0; c < channels; c++)
          for (let k = 0; k < outChannels; k++)
            y[output * outChannels + k] += x[pixel * channels + c] * filter[(tap * channels + c) * outChannels + k];
    });
    return y;
  };
}

/** filter [height, width, channels, multiplier] */
export function depthwiseConvolution(w: WindowedOp, multiplier: number) {
  const channels = w.xShape[3];
  return (x: Float64Array, filter: Float64Array): Float64Array => {
    const y = new Float64Array(outPixels(w) * channels * multiplier);
    forEachWindow(w, (output, inside) => {
      for (const { pixel, tap } of inside)
        for (let c = 0; c < channels; c++)
          for (let m = 0; m < multiplier; m++)
            y[(output * channels + c) * multiplier + m] +=
              x[pixel * channels + c] * filter[(tap * channels + c) * multiplier + m];
    });
    return y;
  };
}

/** Each window's pixels in the image, one channel after the other, reduced to one value. */
export function pooling(w: WindowedOp, reduce: (values: number[]) => number) {
  const channels = w.xShape[3];
  return (x: Float64Array): Float64Array => {
    const y = new Float64Array(outPixels(w) * channels);
    forEachWindow(w, (output, inside) => {
      for (let c = 0; c < channels; c++)
        y[output * channels + c] = reduce(inside.map(({ pixel }) => x[pixel * channels + c]));
    });
    return y;
  };
}
