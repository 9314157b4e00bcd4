import { openPoseKeypoints, type ImageInstance } from '@pose/coco-dataset';
import {
  augmentWholeImage,
  fitWholeImage,
  startWholeImage,
  wholeImageMatrix,
  type Affine,
  type Image,
  type Random,
  type WholeImage,
} from '@pose/pose-augment';
import type { BottomUpSettings } from './bottom-up-settings';

/** The image as the network gets it, not normalised yet, and its people in it. */
export interface BottomUpSample {
  /** edge x edge pixels. */
  image: Image;
  /** The part that shows the image: [x, y, width, height], input pixels. */
  validArea: WholeImage['validArea'];
  /** Image pixels to input pixels. */
  matrix: Affine;
  /** Flat [x, y, v] triplets per person, input pixels. */
  people: number[][];
}

/**
 * What the loader makes of an image before it is normalised: mirrored, scaled, cut and padded as drawn or, for
 * evaluation, fitted into the input as a whole.
 *
 * @param pixels    RGB bytes of the whole image, as `readImage` gives them
 * @param instance  the image's people, image pixels
 * @param random    draws nothing without `settings.augmentation`; the loader's is `createRandom([seed, epoch, place])`
 * @throws AugmentError when the image is broken, a keypoint or a box is not finite, or a setting is out of its range
 * @throws DatasetError when keypoints that are to become OpenPose's are not COCO's 17
 */
export function drawBottomUpSample(
  pixels: Image,
  { people }: ImageInstance,
  settings: BottomUpSettings,
  random: Random,
): BottomUpSample {
  const { edge, augmentation, flipPairs, keypoints } = settings;
  const start = startWholeImage(pixels, people);
  const state = augmentation
    ? augmentWholeImage(random, start, { ...augmentation, flipPairs, edge })
    : fitWholeImage(start, edge);
  return {
    image: state.image,
    validArea: state.validArea,
    matrix: wholeImageMatrix(state, pixels.width),
    people: state.people.map((person) =>
      keypoints === 'openpose' ? openPoseKeypoints(person.keypoints, [edge, edge]) : Array.from(person.keypoints),
    ),
  };
}
