import { oksNms, type CocoKeypointResult, type OksNmsOptions } from '@pose/coco-eval';
import { PIXEL_STD } from './person-crop';

/** A person found in a crop; the published code's results file has the same fields. */
export interface TopDownResult extends CocoKeypointResult {
  /** Of the crop, image pixels. */
  readonly center: readonly [number, number];
  /** Width and height of the crop, units of 200 pixels. */
  readonly scale: readonly [number, number];
}

/**
 * Leaves out who is found twice: OKS-NMS within each image and category, where a person's area is that of the crop
 * (deep-high-resolution-net.pytorch lib/dataset/coco.py `evaluate`, lib/core/function.py `validate`). Like there, people
 * from annotated boxes are no exception.
 *
 * @returns those who stay, in the order of the list
 * @throws CocoEvalError when keypoints are not one triplet for each sigma, or numbers are not finite
 */
export function suppressDuplicates<Result extends TopDownResult>(
  results: readonly Result[],
  options: Pick<OksNmsOptions, 'threshold' | 'sigmas'> = {},
): Result[] {
  const groups = new Map<string, Result[]>();
  for (const result of results) {
    const key = `${result.image_id} ${result.category_id}`;
    const group = groups.get(key);
    if (group) group.push(result);
    else groups.set(key, [result]);
  }
  const kept = new Set<Result>();
  for (const people of groups.values()) {
    const sized = people.map(({ keypoints, score, scale: [width, height] }) => ({
      keypoints,
      score,
      area: width * PIXEL_STD * (height * PIXEL_STD),
    }));
    for (const i of oksNms(sized, options)) kept.add(people[i]);
  }
  return results.filter((result) => kept.has(result));
}
