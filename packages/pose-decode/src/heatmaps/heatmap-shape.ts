import { DecodeError } from '../decode-error';

/** `[width, height]` in pixels. */
export type Size = readonly [number, number];

/** `[x, y]`, x to the right, y down. */
export type Point = readonly [number, number];

/** Order of the axes after the batch: `[height, width, K]` or `[K, height, width]`. */
export type HeatmapLayout = 'hwk' | 'khw';

/** How a flat array of heatmaps is to be read. */
export interface HeatmapShape {
  /** width and height of one map */
  size: Size;
  /** number of keypoints K, one map each */
  keypoints: number;
  /** default 'hwk' */
  layout?: HeatmapLayout;
  /** number of people; default 1 */
  batch?: number;
}

/** Where value (person, keypoint, pixel) stands: person * perPerson + keypoint * perKeypoint + pixel * perPixel. */
export interface HeatmapSteps {
  width: number;
  height: number;
  keypoints: number;
  batch: number;
  perPerson: number;
  perKeypoint: number;
  perPixel: number;
}

export function stepsOf({ size, keypoints, layout = 'hwk', batch = 1 }: HeatmapShape): HeatmapSteps {
  const whole = (value: number) => Number.isInteger(value) && value > 0;
  if (size.length !== 2 || !size.every(whole)) {
    throw new DecodeError(
      `Expected [width, height], two positive integers, for size but received [${size.join(', ')}]`,
    );
  }
  if (!whole(keypoints)) throw new DecodeError(`Expected a positive integer for keypoints but received ${keypoints}`);
  if (!whole(batch)) throw new DecodeError(`Expected a positive integer for batch but received ${batch}`);
  if (layout !== 'hwk' && layout !== 'khw') {
    throw new DecodeError(`Expected layout 'hwk' or 'khw' but received '${layout as string}'`);
  }
  const [width, height] = size;
  const area = width * height;
  const [perKeypoint, perPixel] = layout === 'hwk' ? [1, keypoints] : [area, 1];
  return { width, height, keypoints, batch, perPerson: area * keypoints, perKeypoint, perPixel };
}

export function checkHeatmaps(name: string, heatmaps: Float32Array, steps: HeatmapSteps): void {
  const expected = steps.batch * steps.perPerson;
  if (heatmaps.length !== expected) {
    const { batch, keypoints, width, height } = steps;
    throw new DecodeError(
      `Expected ${expected} values in ${name} (${batch} x ${keypoints} maps of ${width}x${height}) but found ${heatmaps.length}`,
    );
  }
}

/** Where map n of batch * keypoints begins. */
export function mapStart(n: number, { keypoints, perPerson, perKeypoint }: HeatmapSteps): number {
  const k = n % keypoints;
  return ((n - k) / keypoints) * perPerson + k * perKeypoint;
}
