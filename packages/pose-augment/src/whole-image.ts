import { checkFinite, checkFlipPairs, checkImage, checkKeypoints, checkPositive } from './argument-checks';
import { AugmentError } from './augment-error';
import { cutRegion } from './image-region';
import { mirrorImage } from './mirror-image';
import { padImage } from './pad-image';
import type { Random } from './random';
import { resizeBicubic } from './resize-bicubic';
import type { Box, FlipPairs, Image, Keypoints, Point, Size } from './types';

// A whole image with all of its people, for networks that find them all at once: the steps of
// pytorch_Realtime_Multi-Person_Pose_Estimation lib/datasets/transforms.py. Each takes a state and gives a new one.

export interface WholePerson {
  /** image pixels; positions of keypoints that are not labelled move along, as in the reference */
  readonly keypoints: Keypoints;
  /** image pixels */
  readonly box: Box;
}

/** An image on its way through the steps, and where it came from. */
export interface WholeImage {
  readonly image: Image;
  readonly people: readonly WholePerson[];
  /** pixels of the present image that lie before its first one: left of it and above */
  readonly offset: Point;
  /** present pixels per original pixel */
  readonly scale: Point;
  /** the part of the present image that shows the original one */
  readonly validArea: Box;
  readonly flipped: boolean;
}

/**
 * The state before the first step; keypoints and boxes become float32, as the reference's.
 *
 * @throws AugmentError when the image is broken, a keypoint or a box is not finite
 */
export function startWholeImage(image: Image, people: readonly WholePerson[]): WholeImage {
  checkImage(image);
  const float32 = people.map(({ keypoints, box }) => {
    checkKeypoints(keypoints);
    checkFinite('keypoints', keypoints, keypoints.length);
    checkFinite('box', box, 4);
    return { keypoints: Array.from(keypoints, Math.fround), box: box.map(Math.fround) as unknown as Box };
  });
  const validArea: Box = [0, 0, image.width, image.height];
  return { image, people: float32, offset: [0, 0], scale: [1, 1], validArea, flipped: false };
}

/**
 * Mirrors (`HFlip`). Unlike `flipKeypoints`, which clears them, keypoints that are not labelled are mirrored too. The
 * offset stays as it is, as in the reference, which flips before all else.
 *
 * @throws AugmentError when a pair names a keypoint that is not there
 */
export function flipWholeImage(state: WholeImage, flipPairs: FlipPairs): WholeImage {
  const { width } = state.image;
  const float = precision(state);
  const [x, y, w, h] = state.validArea;
  return {
    ...state,
    image: mirrorImage(state.image),
    people: state.people.map(({ keypoints, box }) => {
      checkFlipPairs(flipPairs, keypoints.length / 3);
      const mirrored = Array.from(keypoints, (value, i) => (i % 3 === 0 ? float(float(-value - 1) + width) : value));
      const swapped = mirrored.slice();
      for (const [left, right] of flipPairs) {
        for (let i = 0; i < 3; i++) {
          swapped[3 * left + i] = mirrored[3 * right + i];
          swapped[3 * right + i] = mirrored[3 * left + i];
        }
      }
      const boxX = Math.fround(Math.fround(-Math.fround(box[0] + box[2]) - 1) + width);
      return { keypoints: swapped, box: [boxX, box[1], box[2], box[3]] };
    }),
    validArea: [-(x + w) + width, y, w, h],
    flipped: !state.flipped,
  };
}

/** The factor that `rescaleWholeImage` takes, uniform between two (`RescaleRelative`); one uniform draw. */
export function drawRescale(random: Random, [least, most]: readonly [number, number]): number {
  checkPositive('least factor', least);
  checkPositive('most factor', most);
  return least + random.uniform() * (most - least);
}

/**
 * Resizes to trunc(width * factor) x trunc(height * factor) pixels with `resizeBicubic` (`RescaleRelative`).
 *
 * @throws AugmentError when the factor is not positive or leaves no pixel
 */
export function rescaleWholeImage(state: WholeImage, factor: number): WholeImage {
  checkPositive('factor', factor);
  const { width, height } = state.image;
  const size: Size = [Math.trunc(width * factor), Math.trunc(height * factor)];
  const image = resizeBicubic(state.image, size);
  const [sx, sy] = [size[0] / width, size[1] / height];
  const float = precision(state);
  const [floatX, floatY] = [float(sx), float(sy)];
  const [x, y, w, h] = state.validArea;
  return {
    ...state,
    image,
    people: state.people.map(({ keypoints, box }) => ({
      keypoints: Array.from(keypoints, (value, i) =>
        i % 3 === 2 ? value : float(float(float(value + 0.5) * (i % 3 === 0 ? floatX : floatY)) - 0.5),
      ),
      box: box.map((value, i) => Math.fround(value * Math.fround(i % 2 === 0 ? sx : sy))) as unknown as Box,
    })),
    offset: [state.offset[0] * sx, state.offset[1] * sy],
    scale: [state.scale[0] * sx, state.scale[1] * sy],
    validArea: [x * sx, y * sy, w * sx, h * sy],
  };
}

/**
 * Where `cropWholeImage` begins (`Crop`): for each axis that is longer than the edge, a uniform whole number from -edge / 2
 * to below length - edge / 2, limited to what the image has, so that both ends come up often. One uniform draw per such
 * axis, x first; none for the others.
 */
export function drawCropOrigin(random: Random, { image }: WholeImage, edge: number): [number, number] {
  checkEdge(edge);
  const half = Math.trunc(edge / 2);
  const origin = (length: number): number => {
    if (length <= edge) return 0;
    const [low, high] = [-half, length - edge + half];
    return Math.min(Math.max(low + Math.floor(random.uniform() * (high - low)), 0), length - edge);
  };
  return [origin(image.width), origin(image.height)];
}

/**
 * Cuts out a square, or less where the image is smaller (`Crop`). The valid area's width and height shrink by the origin
 * too, as in the reference.
 *
 * @param origin the cut's first pixel
 * @param edge   pixels
 * @throws AugmentError when the origin is not a pixel of the image
 */
export function cropWholeImage(state: WholeImage, origin: Point, edge: number): WholeImage {
  checkEdge(edge);
  const [x0, y0] = origin;
  const [width, height] = [Math.min(edge, state.image.width - x0), Math.min(edge, state.image.height - y0)];
  const { data } = cutRegion(state.image, [x0, y0, width, height]);
  const [x, y, w, h] = state.validArea;
  return {
    ...state,
    image: { data, width, height, channels: 3 },
    people: moved(state, [-x0, -y0]),
    offset: [state.offset[0] + x0, state.offset[1] + y0],
    validArea: [
      Math.max(x - x0, 0),
      Math.max(y - y0, 0),
      Math.min(Math.max(w - x0, 0), width),
      Math.min(Math.max(h - y0, 0), height),
    ],
  };
}

/**
 * Puts the image into the middle of a canvas; odd rests go to the right and the bottom (`CenterPad`).
 *
 * @param size  width and height of the canvas
 * @param color grey levels of the rest, RGB; default [124, 116, 104]
 * @throws AugmentError when the image is larger than the canvas
 */
export function padWholeImage(state: WholeImage, size: Size, color?: readonly [number, number, number]): WholeImage {
  const { image } = state;
  const [left, top] = [Math.trunc((size[0] - image.width) / 2), Math.trunc((size[1] - image.height) / 2)];
  const [x, y, w, h] = state.validArea;
  return {
    ...state,
    image: padImage(image, size, [left, top], color),
    people: moved(state, [left, top]),
    offset: [state.offset[0] - left, state.offset[1] - top],
    validArea: [x + left, y + top, w, h],
  };
}

function moved(state: WholeImage, by: Point): WholePerson[] {
  const float = precision(state);
  return state.people.map(({ keypoints, box }) => ({
    keypoints: Array.from(keypoints, (value, i) => (i % 3 === 2 ? value : float(value + by[i % 3]))),
    box: [Math.fround(box[0] + by[0]), Math.fround(box[1] + by[1]), box[2], box[3]],
  }));
}

/** The reference's keypoints are float32 until a flip makes them float64; its boxes stay float32. */
function precision({ flipped }: WholeImage): (value: number) => number {
  return flipped ? (value) => value : Math.fround;
}

function checkEdge(edge: number): void {
  if (!Number.isInteger(edge) || edge <= 0) {
    throw new AugmentError(`Expected a whole number of pixels for edge but received ${edge}`);
  }
}
