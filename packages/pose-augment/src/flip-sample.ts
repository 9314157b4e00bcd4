import { flipBox, flipPoint } from './flip-box';
import { flipKeypoints } from './flip-keypoints';
import type { PoseSample } from './pose-sample';
import type { FlipPairs } from './types';

/**
 * The sample of the mirrored image: centre, keypoints and box move, `flipped` turns around. The rotation keeps its sign, as
 * in all of the references. The centre is rounded to float32, in which they hold it.
 *
 * @throws AugmentError when a pair names a keypoint that is not there or a number is not finite
 */
export function flipSample<S extends PoseSample>(sample: S, flipPairs: FlipPairs): S {
  const { center, keypoints, imageWidth, box } = sample;
  const [x, y] = flipPoint(center, imageWidth);
  return {
    ...sample,
    center: [Math.fround(x), y],
    keypoints: flipKeypoints(keypoints, imageWidth, flipPairs),
    flipped: !sample.flipped,
    ...(box && { box: flipBox(box, imageWidth) }),
  };
}
