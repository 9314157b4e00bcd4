import { AugmentError, flipSample, randomFlip, type RandomFlipOptions, replayDraws, startSample } from '../src';

describe('randomFlip(options)', () => {
  const sample = startSample({ center: [5, 6], scale: [1, 1], keypoints: [1, 2, 1, 3, 4, 2], imageWidth: 10 });
  const flips = (options: Omit<RandomFlipOptions, 'flipPairs'>, value: number) =>
    randomFlip({ flipPairs: [], ...options })(sample, replayDraws([{ kind: 'uniform', value }])).flipped;

  test('mirrors the whole sample or leaves it alone', () => {
    const step = randomFlip({ flipPairs: [[0, 1]] });
    expect(step(sample, replayDraws([{ kind: 'uniform', value: 0.5 }]))).toEqual(flipSample(sample, [[0, 1]]));
    expect(step(sample, replayDraws([{ kind: 'uniform', value: 0.51 }]))).toBe(sample);
  });

  test('counts an exact hit as each reference does', () => {
    for (const [when, below, at, above] of [
      ['at-most', true, true, false],
      ['below', true, false, false],
      ['above', false, false, true],
    ] as const) {
      expect([0.25, 0.5, 0.75].map((draw) => flips({ when }, draw))).toEqual([below, at, above]);
    }
    expect([0.25, 0.75, 0.76].map((draw) => flips({ when: 'above', probability: 0.25 }, draw))).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('takes no draw with probability 0', () => {
    expect(randomFlip({ flipPairs: [], probability: 0 })(sample, replayDraws([]))).toBe(sample);
  });

  test('refuses options out of range, and pairs of keypoints that are not there', () => {
    expect(() => randomFlip({ flipPairs: [], probability: NaN })).toThrow('flipProbability but received NaN');
    expect(() => randomFlip({ flipPairs: [], when: 'often' as 'below' })).toThrow(
      "Expected 'at-most', 'below' or 'above' for when but received often",
    );
    const step = randomFlip({ flipPairs: [[1, 2]], probability: 1 });
    expect(() => step(sample, replayDraws([{ kind: 'uniform', value: 0 }]))).toThrow(AugmentError);
  });
});
