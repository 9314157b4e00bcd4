import { checkChoice, checkFraction, checkPeople, checkPositive, checkSigmas } from './check-arguments';
import { peakPainter } from './draw-peaks';
import { byFloat32Stride, type ToHeatmap } from './heatmap-coordinates';
import { stepsOf } from './heatmap-layout';
import { checkFrame, type FrameOptions, type PeopleOptions } from './heatmap-options';
import { roundedGaussian, toPixelFloat32 } from './peak-lines';
import { room } from './room';

export interface OffsetFieldOptions extends FrameOptions, PeopleOptions {
  /** a person's root: the mean of the labelled keypoints (the default), or the middle of their box */
  root?: 'mean' | 'box';
  /** standard deviation of a root's Gaussian, heatmap pixels, and how far around it offsets are given; default 4 */
  rootSigma?: number;
  /** standard deviation of a keypoint's Gaussian, heatmap pixels; default 2 */
  sigma?: number;
  /** people whose box has a shorter diagonal, heatmap pixels, get neither root nor offsets; default 5 */
  minimalDiagonal?: number;
  /** weight where a heatmap is 0; default 0.1 */
  backgroundWeight?: number;
}

export interface OffsetFields {
  /** shape [height, width, K + 1] or [K + 1, height, width]: the keypoints, then the roots */
  heatmaps: Float32Array;
  /** one weight per value of `heatmaps` */
  heatmapWeights: Float32Array;
  /** shape [height, width, 2K] or [2K, height, width]: x and y from the cell to the keypoint, heatmap pixels */
  offsets: Float32Array;
  /** one weight per value of `offsets`: 1 / diagonal of the person's box, 0 where there is no offset */
  offsetWeights: Float32Array;
}

/**
 * Root heatmap and offsets from the root's surroundings to each keypoint (structured pose representation, Nie et al. 2019,
 * "Single-Stage Multi-Person Pose Machines"; mmpose codecs/spr.py with `generate_keypoint_heatmaps`). Where
 * surroundings overlap, the person with the smaller box wins, as far as the reference's one memory per cell for all
 * keypoints knows it.
 *
 * @param people flat [x, y, v] triplets per person, network input pixels; v = 0 means not labelled
 * @param into   room for the result, to be used again (it is cleared); default new arrays
 * @throws TargetError when people differ in their number of keypoints, a labelled one is not finite, or sizes do not fit
 */
export function offsetFields(
  people: readonly ArrayLike<number>[],
  options: OffsetFieldOptions,
  into?: OffsetFields,
): OffsetFields {
  const { heatmapSize, layout = 'hwk', root = 'mean' } = options;
  const { rootSigma = 4, sigma = 2, minimalDiagonal = 5, backgroundWeight = 0.1 } = options;
  checkFrame(options);
  checkChoice('root', root, ['mean', 'box']);
  checkSigmas({ rootSigma, sigma });
  checkPositive({ minimalDiagonal });
  checkFraction('backgroundWeight', backgroundWeight);
  const count = checkPeople(people, options.keypointCount);
  const [width, height] = heatmapSize;
  const cells = width * height;
  const heatmaps = room('into.heatmaps', into?.heatmaps, cells * (count + 1));
  const heatmapWeights = room('into.heatmapWeights', into?.heatmapWeights, cells * (count + 1));
  const offsets = room('into.offsets', into?.offsets, cells * 2 * count);
  const offsetWeights = room('into.offsetWeights', into?.offsetWeights, cells * 2 * count);

  const toHeatmap = byFloat32Stride(options);
  const mapSteps = stepsOf(layout, heatmapSize, count + 1);
  const paintWith = (deviation: number) =>
    peakPainter(heatmaps, heatmapSize, mapSteps, { drawLine: roundedGaussian(deviation, toPixelFloat32) });
  const [drawKeypoint, drawRoot] = [paintWith(sigma), paintWith(rootSigma)];
  const steps = stepsOf(layout, heatmapSize, 2 * count);
  const diagonals = new Map<number, number>(); // of the person whose offset was stored last in a cell

  for (const person of people) {
    const keypoints = labelledInHeatmap(person, toHeatmap);
    for (const { k, x, y } of keypoints) drawKeypoint(k, x, y);
    const body = extent(keypoints, root);
    if (!(body.diagonal >= minimalDiagonal && Number.isFinite(body.x + body.y))) continue;
    drawRoot(count, body.x, body.y);
    if (!isInside(body.x, body.y, width, height)) continue;
    const [left, top] = [Math.max(Math.trunc(body.x - rootSigma), 0), Math.max(Math.trunc(body.y - rootSigma), 0)];
    const [right, bottom] = [Math.trunc(body.x + rootSigma), Math.trunc(body.y + rootSigma)]; // exclusive
    for (const { k, x, y } of keypoints) {
      if (!isInside(x, y, width, height)) continue;
      for (let row = top; row < Math.min(bottom, height); row++) {
        for (let column = left; column < Math.min(right, width); column++) {
          const cell = row * width + column;
          const i = row * steps.y + column * steps.x + 2 * k * steps.channel;
          const j = i + steps.channel;
          if ((offsets[i] !== 0 || offsets[j] !== 0) && body.diagonal > diagonals.get(cell)!) continue;
          offsets[i] = x - column;
          offsets[j] = y - row;
          offsetWeights[i] = offsetWeights[j] = 1 / body.diagonal;
          diagonals.set(cell, body.diagonal);
        }
      }
    }
  }
  for (let i = 0; i < heatmaps.length; i++) heatmapWeights[i] = heatmaps[i] > 0 ? 1 : backgroundWeight;
  return { heatmaps, heatmapWeights, offsets, offsetWeights };
}

interface HeatmapKeypoint {
  k: number;
  x: number;
  y: number;
}

function labelledInHeatmap(person: ArrayLike<number>, toHeatmap: ToHeatmap): HeatmapKeypoint[] {
  const labelled: HeatmapKeypoint[] = [];
  for (let k = 0; k < person.length / 3; k++) {
    if (person[3 * k + 2] === 0) continue;
    labelled.push({ k, x: toHeatmap(person[3 * k], 0), y: toHeatmap(person[3 * k + 1], 1) });
  }
  return labelled;
}

/** Root and diagonal of the box around keypoints, single precision; without keypoints the diagonal is 0. */
function extent(keypoints: readonly HeatmapKeypoint[], root: 'mean' | 'box') {
  if (keypoints.length === 0) return { x: 0, y: 0, diagonal: 0 };
  let [left, top, right, bottom, sumX, sumY] = [Infinity, Infinity, -Infinity, -Infinity, 0, 0];
  for (const { x, y } of keypoints) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    sumX += x;
    sumY += y;
  }
  const [x, y] =
    root === 'mean' ? [sumX / keypoints.length, sumY / keypoints.length] : [(left + right) / 2, (top + bottom) / 2];
  return { x: Math.fround(x), y: Math.fround(y), diagonal: Math.fround(Math.hypot(right - left, bottom - top)) };
}

function isInside(x: number, y: number, width: number, height: number): boolean {
  return x >= 0 && x < width && y >= 0 && y < height;
}
