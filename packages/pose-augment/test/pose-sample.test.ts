import { AugmentError, type Sample, startSample } from '../src';

describe('startSample(sample)', () => {
  const sample: Sample = { center: [5, 6], scale: [1, 2], keypoints: [1, 2, 2], imageWidth: 10 };

  test('adds no rotation and no mirroring, and leaves the rest as it is', () => {
    expect(startSample({ ...sample, id: 3 })).toEqual({ ...sample, id: 3, rotation: 0, flipped: false });
  });

  test('refuses numbers that are not finite and keypoints that are no triplets', () => {
    expect(() => startSample({ ...sample, center: [NaN, 1] })).toThrow('Expected 2 finite numbers for center');
    expect(() => startSample({ ...sample, scale: [1, Infinity] })).toThrow('Expected 2 finite numbers for scale');
    expect(() => startSample({ ...sample, keypoints: [1, 2] })).toThrow(AugmentError);
    expect(() => startSample({ ...sample, imageWidth: 0 })).toThrow('for imageWidth but received 0');
    expect(() => startSample({ ...sample, box: [0, 0, -1, 1] })).toThrow('without negative sides');
  });
});
