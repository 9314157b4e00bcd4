import { OPENPOSE_SKELETON } from '@pose/coco-dataset';
import { confidenceMaps, partAffinityFields } from '@pose/heatmap-targets';

/** Network input and heatmap edge, pixels. */
const [INPUT, GRID] = [368, 46];

/** One image's confidence maps, [46, 46, 19], and part affinity fields, [46, 46, 38], with the people they are drawn from. */
export interface GroupingScene {
  people: Float64Array[];
  heatmaps: Float32Array;
  fields: Float32Array;
}

/** Keypoints of OpenPose of someone who stands, x and y in parts of the person's width and height. */
const STANDING = [
  [0.5, 0.08], [0.5, 0.2], [0.3, 0.21], [0.2, 0.36], [0.12, 0.5], [0.7, 0.21], [0.8, 0.36], [0.88, 0.5], [0.38, 0.52],
  [0.35, 0.75], [0.33, 0.97], [0.62, 0.52], [0.65, 0.75], [0.67, 0.97], [0.4, 0.05], [0.6, 0.05], [0.3, 0.08], [0.7, 0.08],
]; // prettier-ignore

/** Up to 32 people, each in a place of their own of 43x86 pixels, so that their size does not depend on their number. */
export function groupingScene(count: number): GroupingScene {
  const people = Array.from({ length: count }, (_, n) => {
    const place = (5 * n) % 32;
    const [left, top] = [12 + 43 * (place % 8), 12 + 86 * (place >> 3)];
    return Float64Array.from(
      STANDING.flatMap(([x, y], k) => {
        const [shiftX, shiftY] = [spread(37 * n + 2 * k), spread(37 * n + 2 * k + 1)];
        return [left + 40 * x + 3 * shiftX, top + 80 * y + 3 * shiftY, 2];
      }),
    );
  });
  const frame = { inputSize: [INPUT, INPUT], heatmapSize: [GRID, GRID] } as const;
  const { limbs } = OPENPOSE_SKELETON;
  return {
    people,
    heatmaps: confidenceMaps(people, { ...frame, rule: 'max' }),
    fields: partAffinityFields(people, { ...frame, limbs }),
  };
}

/** Numbers from 0 to 1, evenly spread. */
function spread(i: number): number {
  return (0.618034 * i) % 1;
}
