import type { Color } from '../picture/image';
import { VizError } from '../viz-error';

/** The golden ratio's part behind the point: steps of it around a circle never come near one of the last few. */
const STEP = 0.6180339887;
/** Degrees of hue, in turn yellow to cyan and violet to pink: without the blue and orange of the sides. */
const ARCS = [
  [105, 225],
  [295, 385],
] as const;
const CHROMA = 0.14;
const LIGHTNESS = [0.8, 0.66, 0.9] as const;

/**
 * A colour for a person or a track: the same for the same id, and far from those of the ids before and after it. None is
 * near the colours of left and right. Of three lightnesses of Oklab (Bjorn Ottosson 2020, "A perceptual color space for image processing").
 *
 * @param id  a whole number, at least 0: a place in a list or a track id
 * @throws VizError when it is none
 */
export function personColor(id: number): Color {
  if (!Number.isSafeInteger(id) || id < 0) {
    throw new VizError(`personColor: expected a whole number from 0 on, found ${id}`);
  }
  const [[first, end], [next, last]] = ARCS;
  const along = ((id * STEP) % 1) * (end - first + last - next);
  const degrees = along < end - first ? first + along : next + along - (end - first);
  const hue = (degrees * Math.PI) / 180;
  return fromOklab(LIGHTNESS[id % 3], CHROMA * Math.cos(hue), CHROMA * Math.sin(hue));
}

/** sRGB of a colour of Oklab, clamped to what there is. */
function fromOklab(lightness: number, a: number, b: number): Color {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** 0..255 of linear light, by the curve of sRGB (IEC 61966-2-1). */
function encode(linear: number): number {
  const light = Math.min(1, Math.max(0, linear));
  return Math.round(255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055));
}
