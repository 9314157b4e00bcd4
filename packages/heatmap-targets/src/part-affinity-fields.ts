import { checkPeople, checkPositive } from './check-arguments';
import { stepsOf, type Size, type Steps } from './heatmap-layout';
import { checkFrame, type FrameOptions } from './heatmap-options';
import { room } from './room';
import { roundHalfEven } from './round-half-even';
import { TargetError } from './target-error';

export interface PartAffinityOptions extends FrameOptions {
  /** pairs of keypoint indices, from and to; one field each */
  limbs: readonly (readonly [number, number])[];
  /** half-width of a limb, heatmap pixels, the paper's sigma_l; default 1 */
  limbWidth?: number;
}

/**
 * Part affinity fields of one image (Cao et al. 2017, section 2.3, eq. 8-9;
 * pytorch_Realtime_Multi-Person_Pose_Estimation lib/datasets/paf.py): in the cells of a limb the unit vector along it, averaged
 * over the people whose limb covers the cell. A cell belongs to a limb when it is nearer than `limbWidth` to the line through
 * both keypoints and inside of their box, widened by `limbWidth` and rounded; like the reference, the far row and column of
 * that box are left out, and cells stand at whole numbers, without the half-cell offset of the confidence maps.
 *
 * @param people flat [x, y, v] triplets per person, network input pixels; limbs to a keypoint with v = 0 are left out
 * @param into   room for the result, to be used again (it is cleared); default a new array
 * @returns shape [height, width, 2 * limbs.length] or, with layout 'khw', [2 * limbs.length, height, width]: x and y of the
 *          first limb, x and y of the second, ...
 * @throws TargetError when a limb names a keypoint that the people do not have, or people or sizes do not fit
 */
export function partAffinityFields(
  people: readonly ArrayLike<number>[],
  options: PartAffinityOptions,
  into?: Float32Array,
): Float32Array {
  const { inputSize, heatmapSize, layout = 'hwk', limbs, limbWidth = 1 } = options;
  checkFrame(options);
  checkPositive({ limbWidth });
  checkLimbs(limbs, people.length > 0 ? checkPeople(people) : Infinity);
  const [width, height] = heatmapSize;
  const fields = room('into', into, width * height * 2 * limbs.length);
  const field = fieldPainter(fields, heatmapSize, stepsOf(layout, heatmapSize, 2 * limbs.length), limbWidth);
  const [strideX, strideY] = [inputSize[0] / width, inputSize[1] / height];
  limbs.forEach(([from, to], limb) => {
    for (const keypoints of people) {
      if (keypoints[3 * from + 2] === 0 || keypoints[3 * to + 2] === 0) continue;
      field.add(
        limb,
        keypoints[3 * from] / strideX,
        keypoints[3 * from + 1] / strideY,
        keypoints[3 * to] / strideX,
        keypoints[3 * to + 1] / strideY,
      );
    }
    field.average(limb);
  });
  return fields;
}

/** Sums the vectors of one limb after the other, then divides by how many people cover a cell. */
function fieldPainter(fields: Float32Array, [width, height]: Size, steps: Steps, limbWidth: number) {
  const covered = new Uint16Array(width * height); // people per cell, of the limb at hand
  let [left, top, right, bottom] = [width, height, 0, 0]; // the cells that `covered` counts
  return {
    add(limb: number, ax: number, ay: number, bx: number, by: number) {
      const length = Math.hypot(bx - ax, by - ay);
      if (!(length > 0 && length < Infinity)) return;
      const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
      const [vx, vy] = [Math.fround(ux), Math.fround(uy)]; // opposite limbs must cancel to 0
      const firstColumn = Math.max(roundHalfEven(Math.min(ax, bx) - limbWidth), 0);
      const lastColumn = Math.min(roundHalfEven(Math.max(ax, bx) + limbWidth), width); // exclusive
      const firstRow = Math.max(roundHalfEven(Math.min(ay, by) - limbWidth), 0);
      const lastRow = Math.min(roundHalfEven(Math.max(ay, by) + limbWidth), height);
      // where a row crosses the limb's band: a limb that is nearly level covers its rows from end to end
      const isLevel = Math.abs(uy) < 1e-6;
      const halfBand = isLevel ? 0 : limbWidth / Math.abs(uy);
      for (let row = firstRow; row < lastRow; row++) {
        const middle = isLevel ? 0 : ax + ((row - ay) * ux) / uy;
        const from = isLevel ? firstColumn : Math.max(Math.floor(middle - halfBand), firstColumn);
        const to = isLevel ? lastColumn : Math.min(Math.ceil(middle + halfBand) + 1, lastColumn);
        for (let column = from; column < to; column++) {
          if (!(Math.abs((column - ax) * uy - (row - ay) * ux) < limbWidth)) continue;
          const i = row * steps.y + column * steps.x + 2 * limb * steps.channel;
          fields[i] += vx;
          fields[i + steps.channel] += vy;
          covered[row * width + column]++;
        }
      }
      left = Math.min(left, firstColumn);
      right = Math.max(right, lastColumn);
      top = Math.min(top, firstRow);
      bottom = Math.max(bottom, lastRow);
    },
    average(limb: number) {
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          const count = covered[row * width + column];
          if (count === 0) continue;
          covered[row * width + column] = 0;
          if (count === 1) continue;
          const i = row * steps.y + column * steps.x + 2 * limb * steps.channel;
          fields[i] /= count;
          fields[i + steps.channel] /= count;
        }
      }
      [left, top, right, bottom] = [width, height, 0, 0];
    },
  };
}

function checkLimbs(limbs: readonly (readonly [number, number])[], count: number): void {
  if (limbs.length === 0) throw new TargetError('Expected at least one limb but received none');
  limbs.forEach((limb, n) => {
    const exists = (k: number) => Number.isInteger(k) && k >= 0 && k < count;
    if (limb.length !== 2 || !limb.every(exists) || limb[0] === limb[1]) {
      const range = count === Infinity ? '' : ` below ${count}`;
      throw new TargetError(
        `Expected two different keypoint indices${range} for limbs[${n}] but received [${limb.join(', ')}]`,
      );
    }
  });
}
