import { invertAffine, transformKeypoints, type Affine } from '@pose/pose-augment';
import { findPeaks, groupPeople, openPoseToCoco, PAF_TO_POSE, type GroupOptions } from '@pose/pose-decode';
import { sampleOf, type Output } from '../network/output';

export interface DecodeBottomUpOptions {
  /** Of the network, without the background. */
  keypoints: number;
  /** Pairs of keypoint indices, in the order of the fields. */
  limbs: GroupOptions['limbs'];
  /** In which order limbs join people; default as they stand. */
  order?: GroupOptions['order'];
  /** OpenPose's 18 keypoints become COCO's 17. Default false. */
  toCoco?: boolean;
  /** Edge of the network's input, pixels. */
  edge: number;
  /** Of heatmap peaks. Default 0.1. */
  peakThreshold?: number;
  /** Of the grouping; default `PAF_TO_POSE`. */
  grouping?: Partial<Omit<GroupOptions, 'limbs' | 'order'>>;
}

/** Somebody in an image with any number of people. */
export interface FoundPerson {
  /** Flat [x, y, score] triplets in image pixels; (0, 0, 0) where a keypoint was not found. */
  keypoints: number[];
  score: number;
}

/**
 * The people of each image of a batch: peaks and fields grouped (Cao et al. 2017, section 2.4), back to image pixels.
 *
 * @param outputs   the network's last two, [N, height, width, 2 * limbs] fields and [N, height, width, K or more] heatmaps
 * @param matrices  per image the matrix from image pixels to input pixels, 6 numbers
 * @throws DecodeError when the outputs are not finite or do not fit the options
 */
export function decodeBottomUp(
  [fields, heatmaps]: readonly Output[],
  matrices: Float32Array,
  { keypoints, limbs, order, toCoco = false, edge, peakThreshold, grouping }: DecodeBottomUpOptions,
): FoundPerson[][] {
  const [batch, height, width, maps] = heatmaps.shape;
  const frame = { size: [width, height] as const, stride: edge / width };
  return Array.from({ length: batch }, (_, i) => {
    const peaks = findPeaks(sampleOf(heatmaps, i), { ...frame, keypoints, maps, peakThreshold });
    const people = groupPeople(peaks, sampleOf(fields, i), { ...frame, ...PAF_TO_POSE, ...grouping, limbs, order });
    const toImage = invertAffine(Array.from(matrices.subarray(6 * i, 6 * i + 6)) as unknown as Affine);
    return people.map((person) => {
      const points = toCoco ? openPoseToCoco(person.keypoints) : person.keypoints;
      return { keypoints: transformKeypoints(points, toImage), score: person.score };
    });
  });
}
