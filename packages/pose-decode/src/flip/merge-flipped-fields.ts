import { DecodeError } from '../decode-error';
import { checkHeatmaps, type HeatmapShape, stepsOf } from '../heatmaps/heatmap-shape';
import { room } from '../room';
import type { FlipPairs } from './mirrored-keypoints';

export interface FlipFieldsOptions extends Pick<HeatmapShape, 'size' | 'layout' | 'batch'> {
  /** pairs of keypoint indices, from and to; limb n has channels 2n (x) and 2n + 1 (y) of the fields */
  limbs: readonly (readonly [number, number])[];
  /** keypoints that change places when the image is mirrored */
  flipPairs: FlipPairs;
}

/**
 * The flip test for part affinity fields: the mean of the fields of an image and of those of the mirrored image, turned
 * back: mirrored along x, x components negated, limbs exchanged with those that join the other side's keypoints; a
 * limb between a left and a right keypoint becomes itself, its direction reversed
 * (pytorch_Realtime_Multi-Person_Pose_Estimation evaluate/coco_eval.py `handle_paf_and_heat`). In float32. Cell x
 * becomes cell width - 1 - x; the confidence maps are merged alike by `mergeFlipped` with `shift: false`.
 *
 * @param fields         of the image; shape [batch, height, width, 2 * limbs], or [batch, 2 * limbs, height, width] with
 *                       layout 'khw'
 * @param mirroredFields of the mirrored image, as the network gave them; same shape
 * @param into           room for the result, neither of the two; default a new array
 * @returns the shape of `fields`
 * @throws DecodeError when a length does not fit the shape, a limb has no mirrored limb, a pair is not one of keypoint
 *   indices, or `into` is one of the fields
 */
export function mergeFlippedFields(
  fields: Float32Array,
  mirroredFields: Float32Array,
  options: FlipFieldsOptions,
  into?: Float32Array,
): Float32Array {
  const { size, layout, batch, limbs, flipPairs } = options;
  if (limbs.length === 0) throw new DecodeError('Expected at least one limb but received none');
  const steps = stepsOf({ size, layout, batch, keypoints: 2 * limbs.length });
  checkHeatmaps('fields', fields, steps);
  checkHeatmaps('mirroredFields', mirroredFields, steps);
  const merged = room(into, fields.length);
  if (merged === fields || merged === mirroredFields) {
    throw new DecodeError('Expected into to be another array than the fields');
  }
  const { width, height, perPerson, perKeypoint, perPixel } = steps;
  mirroredLimbs(limbs, flipPairs).forEach(({ limb: source, isReversed }, limb) => {
    const [signX, signY] = isReversed ? [1, -1] : [-1, 1];
    for (let image = 0; image < fields.length; image += perPerson) {
      const [to, from] = [image + 2 * limb * perKeypoint, image + 2 * source * perKeypoint];
      for (let row = 0; row < height * width; row += width) {
        for (let x = 0; x < width; x++) {
          const at = to + (row + x) * perPixel;
          const mirrored = from + (row + width - 1 - x) * perPixel;
          const [atY, mirroredY] = [at + perKeypoint, mirrored + perKeypoint];
          merged[at] = (fields[at] + signX * mirroredFields[mirrored]) * 0.5;
          merged[atY] = (fields[atY] + signY * mirroredFields[mirroredY]) * 0.5;
        }
      }
    }
  });
  return merged;
}

/** For each limb the limb that it is in the mirrored image. */
function mirroredLimbs(limbs: FlipFieldsOptions['limbs'], flipPairs: FlipPairs) {
  const others = new Map<number, number>();
  for (const pair of flipPairs) {
    if (pair.length !== 2 || !pair.every((k) => Number.isInteger(k) && k >= 0)) {
      throw new DecodeError(`Expected flip pairs of keypoint indices but received [${pair.join(', ')}]`);
    }
    others.set(pair[0], pair[1]).set(pair[1], pair[0]);
  }
  return limbs.map(([from, to], n) => {
    const [a, b] = [from, to].map((k) => others.get(k) ?? k);
    const same = limbs.findIndex((limb) => limb[0] === a && limb[1] === b);
    const limb = same >= 0 ? same : limbs.findIndex((other) => other[0] === b && other[1] === a);
    if (limb < 0) {
      throw new DecodeError(
        `Expected a limb [${a}, ${b}], which limbs[${n}], [${from}, ${to}], is in the mirrored image: do limbs and flipPairs belong together?`,
      );
    }
    return { limb, isReversed: same < 0 };
  });
}
