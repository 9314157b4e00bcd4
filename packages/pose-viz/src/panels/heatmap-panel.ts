import type { Image, Size } from '../picture/image';
import { checkImage, checkSize } from '../picture/image';
import { INFERNO } from './inferno';
import { resample } from '../picture/resize-image';
import { VizError } from '../viz-error';

export interface HeatmapPanelOptions {
  /** [width, height] of the heatmaps. */
  size: Size;
  /** Number of keypoints K, one heatmap each. */
  keypoints: number;
  /** Order of the values: `hwk` [height, width, K] (default) or `khw` [K, height, width]. */
  layout?: 'hwk' | 'khw';
}

/**
 * The heatmaps of one person as one picture: at each place the largest value over the keypoints, clamped to 0..1, in
 * the colour map inferno. Over a crop, the crop shows in grey where the heatmaps are near zero.
 *
 * @param heatmaps  size[0] * size[1] * K numbers in the order of `options.layout`; 1 is a target's peak
 * @param image     the crop that the heatmaps belong to, of any size; the heatmaps are enlarged to it
 * @returns a new picture, of the crop's size, or of the heatmaps' without a crop
 * @throws VizError when a length does not fit or a value is not finite
 */
export function heatmapPanel(heatmaps: ArrayLike<number>, options: HeatmapPanelOptions, image?: Image): Image {
  const { size, keypoints, layout = 'hwk' } = options;
  checkHeatmaps(heatmaps, options, 'heatmapPanel');
  if (image !== undefined) checkImage(image, 'heatmapPanel: image');

  const largest = maximumOverKeypoints(heatmaps, size, keypoints, layout);
  const to: Size = image === undefined ? size : [image.width, image.height];
  const values = image === undefined ? largest : resample(largest, size, to, 1);
  const data = new Uint8Array(3 * to[0] * to[1]);
  for (let p = 0; p < values.length; p++) {
    const color = 3 * Math.round(values[p] * 255);
    if (image === undefined) {
      for (let c = 0; c < 3; c++) data[3 * p + c] = INFERNO[color + c];
      continue;
    }
    // Opacity rises faster than the value, so that a weak response is seen in its dark colour, not as a faint tint.
    const alpha = 0.9 * Math.min(1, 2.5 * values[p]);
    const i = 3 * p;
    // Rec. 601 luma, darkened, so that only the heatmaps have colour.
    const grey = 0.75 * (0.299 * image.data[i] + 0.587 * image.data[i + 1] + 0.114 * image.data[i + 2]);
    for (let c = 0; c < 3; c++) data[i + c] = Math.round(grey + (INFERNO[color + c] - grey) * alpha);
  }
  return { data, width: to[0], height: to[1], channels: 3 };
}

/** @throws VizError when an option is bad or the heatmaps' length does not fit */
export function checkHeatmaps(
  heatmaps: ArrayLike<number>,
  { size, keypoints, layout = 'hwk' }: HeatmapPanelOptions,
  where: string,
): void {
  checkSize(size, `${where}: options.size`);
  if (!Number.isInteger(keypoints) || keypoints < 1) {
    throw new VizError(`${where}: expected a positive integer options.keypoints, found ${keypoints}`);
  }
  if (layout !== 'hwk' && layout !== 'khw') {
    throw new VizError(`${where}: expected options.layout 'hwk' or 'khw', found ${JSON.stringify(layout)}`);
  }
  const pixels = size[0] * size[1];
  if (heatmaps?.length !== pixels * keypoints) {
    const expected = `${size[0]}x${size[1]}x${keypoints} = ${pixels * keypoints} values`;
    throw new VizError(`${where}: expected ${expected}, found ${heatmaps?.length}`);
  }
}

function maximumOverKeypoints(
  heatmaps: ArrayLike<number>,
  [width, height]: Size,
  keypoints: number,
  layout: 'hwk' | 'khw',
): Float32Array {
  const pixels = width * height;
  const [pixelStride, keypointStride] = layout === 'hwk' ? [keypoints, 1] : [1, pixels];
  const largest = new Float32Array(pixels); // zeros: negative values are clamped to 0
  for (let k = 0; k < keypoints; k++) {
    for (let p = 0; p < pixels; p++) {
      const value = heatmaps[p * pixelStride + k * keypointStride];
      if (!Number.isFinite(value)) {
        const where = `x ${p % width}, y ${Math.floor(p / width)} of keypoint ${k}`;
        throw new VizError(`heatmapPanel: expected finite values, found ${value} at ${where}`);
      }
      if (value > largest[p]) largest[p] = value < 1 ? value : 1;
    }
  }
  return largest;
}
