import { openPoseKeypoints } from '@pose/coco-dataset';
import type { Summary } from '@pose/golden-cases';
import { confidenceMaps, partAffinityFields } from '@pose/heatmap-targets';
import { parity } from './golden';

/** The published training targets join shoulder and eye in limbs 9 and 13, where OpenPose's networks join shoulder and ear. */
const PUBLISHED_LIMBS = [
  [1, 8],
  [8, 9],
  [9, 10],
  [1, 11],
  [11, 12],
  [12, 13],
  [1, 2],
  [2, 3],
  [3, 4],
  [2, 14],
  [1, 5],
  [5, 6],
  [6, 7],
  [5, 15],
  [1, 0],
  [0, 14],
  [0, 15],
  [14, 16],
  [15, 17],
] as const;

interface Preprocessed {
  keypoints: number[][][];
  keypoints_dtype: ('float32' | 'float64')[];
  heat?: Summary;
  paf?: Summary;
}

// What follows on the preprocessing of an image, whose own results pose-augment's tests compare: neck, maps and fields.
parity<unknown, Preprocessed>('openpose_preprocess', ({ expected, checkSummary }) => {
  const { keypoints, keypoints_dtype: dtypes, heat, paf } = expected;
  const people = keypoints.map((person, i) =>
    openPoseKeypoints(person.flat().map(dtypes[i] === 'float32' ? Math.fround : Number), [368, 368]),
  );
  const frame = { inputSize: [368, 368], heatmapSize: [46, 46], layout: 'khw' } as const;
  const maps = confidenceMaps(people, { ...frame, keypointCount: 18, rule: 'sum' });
  if (heat) checkSummary('heat', maps, heat);
  if (paf) checkSummary('paf', partAffinityFields(people, { ...frame, limbs: PUBLISHED_LIMBS }), paf);
});
