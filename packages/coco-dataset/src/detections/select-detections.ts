import { DatasetError } from '../dataset-error';
import { boxNms } from './box-nms';
import type { Detection } from './read-detections';

export interface DetectionThresholds {
  /** Detections with a lower score are left out; 0 by default (SimpleBaseline's TEST.IMAGE_THRE). */
  minScore?: number;
  /** IoU above which the lower of two detections is left out (SimpleBaseline's lib/nms/nms.py); no NMS by default. */
  nmsThreshold?: number;
}

/**
 * The detections that pass the thresholds, in their order. Suppression is within an image and category.
 *
 * @throws DatasetError when a threshold is out of range
 */
export function selectDetections(
  detections: readonly Detection[],
  { minScore = 0, nmsThreshold }: DetectionThresholds,
): Detection[] {
  if (!Number.isFinite(minScore)) throw new DatasetError(`minScore: expected a number, found ${minScore}`);
  if (nmsThreshold !== undefined && !(nmsThreshold >= 0 && nmsThreshold <= 1)) {
    throw new DatasetError(`nmsThreshold: expected an IoU from 0 to 1, found ${nmsThreshold}`);
  }
  const scored = detections.filter(({ score }) => score >= minScore);
  if (nmsThreshold === undefined) return scored;

  const groups = new Map<string, Detection[]>();
  for (const detection of scored) {
    const key = `${detection.image_id} ${detection.category_id}`;
    const group = groups.get(key);
    if (group) group.push(detection);
    else groups.set(key, [detection]);
  }
  const kept = new Set<Detection>();
  for (const group of groups.values()) {
    const indices = boxNms(
      group.map(({ bbox }) => bbox),
      group.map(({ score }) => score),
      nmsThreshold,
    );
    for (const i of indices) kept.add(group[i]);
  }
  return scored.filter((detection) => kept.has(detection));
}
