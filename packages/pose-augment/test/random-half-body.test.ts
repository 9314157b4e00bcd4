import { type Draw, halfBody, randomHalfBody, type RandomHalfBodyOptions, replayDraws, startSample } from '../src';

describe('randomHalfBody(options)', () => {
  const options: RandomHalfBodyOptions = {
    upperBody: [0, 1, 2],
    aspectRatio: 1,
    probability: 0.3,
    minKeypoints: 4,
  };
  const sample = startSample({
    center: [5, 6],
    scale: [1, 1],
    keypoints: [0, 0, 2, 4, 0, 2, 2, 6, 1, 0, 10, 2],
    imageWidth: 10,
  });
  const apply = (value: number): Draw => ({ kind: 'uniform', value });
  const prefer: Draw = { kind: 'normal', value: 0 };

  test('replaces the region below the probability', () => {
    const region = halfBody(replayDraws([prefer]), sample.keypoints, options);
    expect(randomHalfBody(options)(sample, replayDraws([apply(0.29), prefer]))).toEqual({ ...sample, ...region });
  });

  test('keeps the region at the probability or above, without a second draw', () => {
    const random = replayDraws([apply(0.3), prefer]);
    expect(randomHalfBody(options)(sample, random)).toBe(sample);
    expect(random.left).toBe(1);
  });

  test('takes no draw for too few keypoints or probability 0', () => {
    expect(randomHalfBody({ ...options, minKeypoints: 5 })(sample, replayDraws([]))).toBe(sample);
    expect(randomHalfBody({ ...options, probability: 0 })(sample, replayDraws([]))).toBe(sample);
  });

  test('keeps the region when the half has none, after both draws', () => {
    const random = replayDraws([apply(0), prefer]);
    const few = { ...sample, keypoints: [1, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0] };
    expect(randomHalfBody({ ...options, minKeypoints: 0 })(few, random)).toEqual(few);
    expect(random.left).toBe(0);
  });

  test('refuses options out of range', () => {
    expect(() => randomHalfBody({ ...options, probability: 2 })).toThrow('halfBody.probability but received 2');
    expect(() => randomHalfBody({ ...options, aspectRatio: 0 })).toThrow('halfBody.aspectRatio but received 0');
    expect(() => randomHalfBody({ ...options, pixelStd: -1 })).toThrow('halfBody.pixelStd but received -1');
    expect(() => randomHalfBody({ ...options, minKeypoints: 1.5 })).toThrow(
      'Expected a whole number from 0 on for halfBody.minKeypoints but received 1.5',
    );
  });
});
