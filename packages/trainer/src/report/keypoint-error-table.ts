import type { KeypointError } from '@pose/coco-eval';
import type { ReportTable } from '@pose/pose-viz/node';

/**
 * One row for each keypoint: how many people have it labelled, how far off it is found, and how often well enough.
 *
 * @param names  of the keypoints, in their order
 */
export function keypointErrorTable(errors: readonly KeypointError[], names: readonly string[]): ReportTable {
  return {
    title: "Error by keypoint; distances as shares of the square root of the person's area",
    columns: ['keypoint', 'people', 'mean distance', 'median distance', 'OKS above 0.5', 'OKS above 0.75'],
    rows: errors.map(({ count, meanDistance, medianDistance, above50, above75 }, k) => {
      const numbers = [meanDistance, medianDistance, above50, above75];
      return [names[k], count, ...numbers.map((value) => (count > 0 ? value.toFixed(3) : '-'))];
    }),
  };
}
