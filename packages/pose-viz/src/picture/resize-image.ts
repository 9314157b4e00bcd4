import type { Image, Size } from './image';
import { checkImage, checkSize } from './image';

/** For each output pixel: the first input pixel, and `taps` weights that sum to 1. */
interface Resampling {
  first: Int32Array;
  weights: Float32Array;
  taps: number;
}

/** Triangle filter, as wide as the reduction (as Pillow's BILINEAR); pixel centres at half coordinates. */
function resampling(from: number, to: number): Resampling {
  const ratio = from / to;
  const support = Math.max(1, ratio);
  const taps = Math.min(from, Math.ceil(2 * support) + 1);
  const first = new Int32Array(to);
  const weights = new Float32Array(to * taps);
  for (let i = 0; i < to; i++) {
    const center = (i + 0.5) * ratio - 0.5;
    first[i] = Math.min(Math.max(0, Math.ceil(center - support)), from - taps);
    let sum = 0;
    for (let t = 0; t < taps; t++) {
      const weight = Math.max(0, 1 - Math.abs(first[i] + t - center) / support);
      weights[i * taps + t] = weight;
      sum += weight;
    }
    for (let t = 0; t < taps; t++) weights[i * taps + t] /= sum;
  }
  return { first, weights, taps };
}

/** Resamples `channels` interleaved planes of any numbers; used for pictures and for heatmaps. */
export function resample(data: ArrayLike<number>, from: Size, to: Size, channels: number): Float32Array {
  const [width, height] = to;
  const horizontal = resampling(from[0], width);
  const vertical = resampling(from[1], height);
  const rows = new Float32Array(from[1] * width * channels);
  for (let y = 0; y < from[1]; y++) {
    for (let x = 0; x < width; x++) {
      const start = (y * from[0] + horizontal.first[x]) * channels;
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let t = 0; t < horizontal.taps; t++) {
          sum += horizontal.weights[x * horizontal.taps + t] * data[start + t * channels + c];
        }
        rows[(y * width + x) * channels + c] = sum;
      }
    }
  }
  const stride = width * channels;
  const out = new Float32Array(height * stride);
  for (let y = 0; y < height; y++) {
    const start = vertical.first[y] * stride;
    for (let i = 0; i < stride; i++) {
      let sum = 0;
      for (let t = 0; t < vertical.taps; t++)
        sum += vertical.weights[y * vertical.taps + t] * rows[start + t * stride + i];
      out[y * stride + i] = sum;
    }
  }
  return out;
}

/**
 * A resized copy: bilinear where it grows, and averaged with a triangle as wide as the reduction where it shrinks, so
 * that thin lines survive. Edges extend outwards.
 *
 * @param size  [width, height] of the result
 * @throws VizError when the image or the size is bad
 */
export function resizeImage(image: Image, size: Size): Image {
  checkImage(image, 'resizeImage');
  checkSize(size, 'resizeImage: size');
  const [width, height] = size;
  const values = resample(image.data, [image.width, image.height], size, 3);
  const data = new Uint8Array(values.length);
  for (let i = 0; i < data.length; i++) data[i] = Math.round(values[i]);
  return { data, width, height, channels: 3 };
}
