import { evaluateKeypoints } from '../src/index';
import { measureMask } from '../src/input/run-length-mask';

const RECTANGLE = '\\m0l6`20000PKTN`2l1`MTN`2l1`2000000000000d]1';

// Counts, area and box by pycocotools' mask.encode, area and toBbox.
test.each<[[number, number], string, number, number[]]>([
  [[5, 4], '2161L01ON', 6, [0, 0, 4, 5]],
  [[37, 23], 'i01;0^20RO0M1QOOh11XNOY20VO0o00UN0T10VN020L', 17, [0, 0, 23, 36]],
  [[300, 20], RECTANGLE, 2600, [3, 40, 12, 220]],
  [[4, 3], '<', 0, [0, 0, 0, 0]],
])('measureMask of a mask of %j', (size, counts, area, bbox) => {
  expect(measureMask({ size, counts }, '')).toEqual({ area, bbox });
});

test.each([[undefined], [[1, 2, 3]], [{ size: [4, 3], counts: [12] }], [{ size: [4, 4], counts: '<' }]])(
  'measureMask refuses %j and says where',
  (mask) => {
    expect(() => measureMask(mask, '[3].segmentation')).toThrow(/^\[3\]\.segmentation: expected .*, found /);
  },
);

test('evaluateKeypoints takes the area of the mask where the first result has one and no box', () => {
  const keypoints = [1, 1, 2];
  const person = {
    id: 1,
    image_id: 1,
    category_id: 1,
    keypoints,
    num_keypoints: 1,
    area: 9,
    bbox: [0, 0, 3, 3],
    iscrowd: 0,
  };
  const groundTruth = { images: [{ id: 1 }], categories: [{ id: 1 }], annotations: [person] };
  const mask: { size: [number, number]; counts: string } = { size: [300, 20], counts: RECTANGLE };
  const result = { image_id: 1, category_id: 1, keypoints, score: 1, segmentation: mask };
  const { areas, boxes } = evaluateKeypoints(groundTruth, [result], { sigmas: [0.1] }).results;
  expect(Array.from(areas)).toEqual([2600]);
  expect(Array.from(boxes)).toEqual([3, 40, 12, 220]);
});
