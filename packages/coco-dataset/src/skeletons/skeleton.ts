/** Which keypoints a data set has and how they belong together; all indices count from 0. */
export interface Skeleton {
  name: string;
  keypoints: readonly string[];
  /** Left/right pairs that change places when the image is mirrored. */
  flipPairs: readonly (readonly [number, number])[];
  /** Pairs of keypoints joined by a line. */
  limbs: readonly (readonly [number, number])[];
  /** Per-keypoint falloff of the object keypoint similarity (OKS); the constant k_i is twice this. */
  sigmas: readonly number[];
  upperBody: readonly number[];
  lowerBody: readonly number[];
}
