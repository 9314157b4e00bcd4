import { checkFinite, checkImage } from './argument-checks';
import { AugmentError } from './augment-error';
import type { Random } from './random';
import { roundHalfToEven } from './round-half-to-even';
import type { Image } from './types';

export interface PhotometricOptions {
  /** grey levels; the brightness changes by at most as much; default 32 */
  brightnessDelta?: number;
  /** least and most factor of all grey levels; default [0.5, 1.5] */
  contrastRange?: readonly [number, number];
  /** least and most factor of the saturation; default [0.5, 1.5] */
  saturationRange?: readonly [number, number];
  /** degrees; the hue turns by at most as much; default 36, which is OpenCV's 18 of 180 */
  hueDelta?: number;
}

/** What `applyPhotometric` does, in this order; each step is limited to 0..255. With all values neutral the image stays as it is. */
export interface Photometric {
  /** grey levels, added; neutral 0 */
  brightness: number;
  /** factor of the grey levels; neutral 1 */
  contrast: number;
  /** whether the contrast changes after saturation and hue instead of before */
  contrastLast: boolean;
  /** factor of HSV's saturation, which is limited to 1; neutral 1 */
  saturation: number;
  /** degrees, added to HSV's hue; neutral 0 */
  hue: number;
  /** channel c of the result is channel channelOrder[c]; neutral [0, 1, 2] */
  channelOrder: readonly [number, number, number];
}

const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/**
 * The random choices of SSD's photometric distortion (Liu et al. 2016, section 2.2, after Howard 2013) as mmpose draws
 * them (mmpose/datasets/transforms/common_transforms.py `PhotometricDistortion`): brightness, contrast and a change of
 * channels with a probability of 0.5 each, saturation and hue likewise, contrast first or last.
 *
 * Takes ten uniform draws, whatever they choose: contrast first or last, brightness or not, contrast or not, one of
 * nothing, saturation, hue and both, channels or not; then the five values.
 *
 * @throws AugmentError when an option is not finite, negative, or a range is turned around
 */
export function drawPhotometric(random: Random, options: PhotometricOptions = {}): Photometric {
  const { brightnessDelta = 32, contrastRange = [0.5, 1.5], saturationRange = [0.5, 1.5], hueDelta = 36 } = options;
  checkRange('brightnessDelta', [0, brightnessDelta]);
  checkRange('contrastRange', contrastRange);
  checkRange('saturationRange', saturationRange);
  checkRange('hueDelta', [0, hueDelta]);
  const contrastLast = random.uniform() < 0.5;
  const [brightens, contrasts] = [random.uniform() >= 0.5, random.uniform() >= 0.5];
  const colors = Math.floor(random.uniform() * 4);
  const swaps = random.uniform() >= 0.5;
  const brightness = between(random, -brightnessDelta, brightnessDelta);
  const contrast = between(random, ...contrastRange);
  const saturation = between(random, ...saturationRange);
  const hue = between(random, -hueDelta, hueDelta);
  const order = ORDERS[Math.floor(random.uniform() * ORDERS.length)];
  return {
    brightness: brightens ? brightness : 0,
    contrast: contrasts ? contrast : 1,
    contrastLast,
    saturation: colors % 2 === 1 ? saturation : 1,
    hue: colors >= 2 ? hue : 0,
    channelOrder: swaps ? order : ORDERS[0],
  };
}

/**
 * Changes an image's colours in place. Levels are real numbers between the steps and rounded once, half to even (mmpose
 * cuts them off after every step, and rounds hue and saturation to bytes).
 *
 * @param image RGB bytes, overwritten
 * @throws AugmentError when a number is not finite, a factor negative, or channelOrder no order of 0, 1, 2
 */
export function applyPhotometric(image: Image, photometric: Photometric): void {
  checkImage(image);
  const { brightness, contrast, contrastLast, saturation, hue, channelOrder } = photometric;
  checkFinite('brightness and hue', [brightness, hue], 2);
  checkRange('contrast', [0, contrast]);
  checkRange('saturation', [0, saturation]);
  if ([...channelOrder].sort().join() !== '0,1,2') {
    throw new AugmentError(`Expected an order of 0, 1, 2 for channelOrder but received [${channelOrder.join(', ')}]`);
  }
  const [early, late] = contrastLast ? [1, contrast] : [contrast, 1];
  const levels = Float64Array.from({ length: 256 }, (_, level) => limited(limited(level + brightness) * early));
  const recolors = saturation !== 1 || hue !== 0;
  const { data } = image;
  const rgb = [0, 0, 0];
  for (let i = 0; i < data.length; i += 3) {
    for (let c = 0; c < 3; c++) rgb[c] = levels[data[i + c]];
    if (recolors) recolor(rgb, saturation, hue / 60);
    for (let c = 0; c < 3; c++) data[i + c] = roundHalfToEven(limited(rgb[channelOrder[c]] * late));
  }
}

/**
 * Scales the saturation and turns the hue of one colour, in HSV (Smith 1978).
 *
 * @param turn sixths of a circle
 */
function recolor(rgb: number[], saturation: number, turn: number): void {
  const [red, green, blue] = rgb;
  const value = Math.max(red, green, blue);
  const chroma = value - Math.min(red, green, blue);
  if (chroma === 0) return; // grey has no hue
  let hue = (red - green) / chroma + 4;
  if (value === red) hue = (green - blue) / chroma;
  else if (value === green) hue = (blue - red) / chroma + 2;
  const newChroma = Math.min(chroma * saturation, value);
  for (let c = 0; c < 3; c++) {
    // How far the new hue is from the channel's own, on the circle: 0..3 sixths.
    const sixths = hue + turn - 2 * c;
    const distance = Math.abs(sixths - 6 * Math.round(sixths / 6));
    rgb[c] = value - newChroma * Math.min(Math.max(distance - 1, 0), 1);
  }
}

function limited(level: number): number {
  return Math.min(Math.max(level, 0), 255);
}

function between(random: Random, least: number, most: number): number {
  return least + random.uniform() * (most - least);
}

function checkRange(name: string, [least, most]: readonly [number, number]): void {
  checkFinite(name, [least, most], 2);
  if (least < 0 || least > most) {
    throw new AugmentError(`Expected 0 <= ${least} <= ${most} for ${name}`);
  }
}
