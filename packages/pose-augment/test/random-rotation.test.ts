import { type Draw, randomRotation, replayDraws, startSample } from '../src';

describe('randomRotation(rotationFactor, probability)', () => {
  const sample = startSample({ center: [5, 6], scale: [1, 1], keypoints: [], imageWidth: 10 });
  const drawn = (uniform: number, ...normal: number[]) => {
    const draws: Draw[] = [{ kind: 'uniform', value: uniform }];
    const random = replayDraws([...draws, ...normal.map((value) => ({ kind: 'normal' as const, value }))]);
    const { rotation } = randomRotation(40)(sample, random);
    return [rotation, random.left];
  };

  test('is normal * rotationFactor up to a uniform draw of 0.6, limited to twice the factor', () => {
    expect([drawn(0.6, 0.5), drawn(0, -9), drawn(0.1, 3)]).toEqual([
      [20, 0],
      [-80, 0],
      [80, 0],
    ]);
  });

  test('is 0 above it, without a second draw', () => {
    expect(drawn(0.61, 0.5)).toEqual([0, 1]);
  });

  test('takes no draw with probability 0', () => {
    expect(randomRotation(40, 0)(sample, replayDraws([])).rotation).toBe(0);
  });

  test('refuses factors and probabilities out of range', () => {
    expect(() => randomRotation(-1)).toThrow('Expected a number from 0 on for rotationFactor but received -1');
    expect(() => randomRotation(1, 1.5)).toThrow('rotationProbability but received 1.5');
  });
});
