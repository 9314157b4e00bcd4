import { COCO_SKELETON } from '@pose/coco-dataset';
import { COCO_GROUPING } from '@pose/pose-decode';
import { outwardLimbs } from '../src/data/bottom-up/outward-limbs';

test('the limbs trained with COCO keypoints are those that COCO_GROUPING groups by', () => {
  expect(outwardLimbs(COCO_SKELETON.limbs)).toEqual(COCO_GROUPING.limbs);
});
