import { surfaceOf, type DrawTarget, type Point } from '../surface/surface';
import { VizError } from '../viz-error';
import { checkSkeleton } from './read-pose';
import { limbSide, RIM, SIDE_COLORS, sideOf, type Skeleton } from './skeleton-colors';

/** Where keypoints may be, of any number of people, as `findPeaks` of `@pose/pose-decode` gives it. */
export interface KeypointPeaks {
  /** Flat [x, y, score] triplets: the peaks of keypoint 0, then those of keypoint 1, ... */
  points: ArrayLike<number>;
  /** One more than there are keypoints: keypoint k has the peaks from starts[k] on, up to but without starts[k + 1]. */
  starts: ArrayLike<number>;
}

/** Two peaks, by their indices, that a limb joins, as `connectPeaks` of `@pose/pose-decode` gives it. */
export interface PeakConnection {
  from: number;
  to: number;
  score: number;
}

/**
 * Draws what a bottom-up network has found before it is grouped into people, in place: each peak as a disc in the colour
 * of its keypoint's side, and connections as lines, the fainter the lower their score (1 and above are opaque).
 *
 * @param target       RGB picture, or the 2D context of a canvas
 * @param peaks        in pixels of `target`
 * @param skeleton     names (for the sides) and limbs
 * @param connections  per limb of the skeleton, its connections; default none
 * @throws VizError when a length does not fit, an index is of no peak, or a number is not finite; nothing is drawn then
 */
export function drawPeaks(
  target: DrawTarget,
  peaks: KeypointPeaks,
  skeleton: Skeleton,
  connections: readonly (readonly PeakConnection[])[] = [],
): void {
  const surface = surfaceOf(target, 'drawPeaks');
  checkSkeleton(skeleton, 'drawPeaks');
  checkPeaks(peaks, skeleton);
  checkConnections(connections, skeleton, peaks.points.length / 3);
  const { points, starts } = peaks;
  const at = (peak: number): Point => [points[3 * peak], points[3 * peak + 1]];
  const width = Math.max(1.5, 0.004 * Math.max(surface.width, surface.height));

  connections.forEach((found, limb) => {
    const [a, b] = skeleton.limbs[limb];
    const color = SIDE_COLORS[limbSide(skeleton.keypoints[a], skeleton.keypoints[b])];
    for (const { from, to, score } of found) {
      surface.line(at(from), at(to), width / 2 + 0.7, RIM, 0.5 * opacity(score));
      surface.line(at(from), at(to), width / 2, color, 0.9 * opacity(score));
    }
  });
  skeleton.keypoints.forEach((name, k) => {
    for (let peak = starts[k]; peak < starts[k + 1]; peak++) {
      const alpha = opacity(points[3 * peak + 2]);
      surface.disc(at(peak), 1.2 * width + 0.7, RIM, 0.85 * alpha);
      surface.disc(at(peak), 1.2 * width, SIDE_COLORS[sideOf(name)], alpha);
    }
  });
}

/** Never so faint that it is not seen. */
function opacity(score: number): number {
  return 0.3 + 0.7 * Math.min(1, Math.max(0, score));
}

function checkPeaks({ points, starts }: KeypointPeaks, { keypoints }: Skeleton): void {
  const places = Array.from(starts);
  const rising = places.every((start, k) => Number.isInteger(start) && start >= (places[k - 1] ?? 0));
  const last = places[places.length - 1];
  if (places.length !== keypoints.length + 1 || !rising || places[0] !== 0 || 3 * last !== points.length) {
    const expected = `${keypoints.length + 1} rising starts from 0 to the number of peaks, ${points.length / 3}`;
    throw new VizError(`drawPeaks: expected ${expected}, found [${places.join(', ')}]`);
  }
  for (let i = 0; i < points.length; i++) {
    if (Number.isFinite(points[i])) continue;
    const peak = Math.floor(i / 3);
    const triplet = [points[3 * peak], points[3 * peak + 1], points[3 * peak + 2]];
    throw new VizError(`drawPeaks: expected finite numbers for peak ${peak}, found [${triplet.join(', ')}]`);
  }
}

function checkConnections(
  connections: readonly (readonly PeakConnection[])[],
  { limbs }: Skeleton,
  count: number,
): void {
  if (connections.length > 0 && connections.length !== limbs.length) {
    throw new VizError(`drawPeaks: expected connections of ${limbs.length} limbs, found ${connections.length}`);
  }
  connections.forEach((found, limb) => {
    for (const { from, to, score } of found) {
      const fits = [from, to].every((peak) => Number.isInteger(peak) && peak >= 0 && peak < count);
      if (fits && Number.isFinite(score)) continue;
      const where = `connections[${limb}]: two of the ${count} peaks and a finite score`;
      throw new VizError(`drawPeaks: expected in ${where}, found ${from}, ${to}, ${score}`);
    }
  });
}
