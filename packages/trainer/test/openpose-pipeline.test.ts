import { openPoseKeypoints } from '@pose/coco-dataset';
import { OPENPOSE_TARGET_LIMBS, type Summary } from '@pose/golden-cases';
import { confidenceMaps, partAffinityFields } from '@pose/heatmap-targets';
import { parity } from './golden';

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
  if (paf) checkSummary('paf', partAffinityFields(people, { ...frame, limbs: OPENPOSE_TARGET_LIMBS }), paf);
});
