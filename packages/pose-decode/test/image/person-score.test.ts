import { DecodeError, personScore } from '../../src';

describe('personScore(points, options)', () => {
  const points = [1, 2, 0.5, 3, 4, 0.2, 5, 6, 1];

  test('is the mean of the scores above 0.2, times the score of the box', () => {
    expect(personScore(points)).toBe(0.75);
    expect(personScore(points, { boxScore: 0.5 })).toBe(0.375);
    expect(personScore(points, { threshold: 0.6 })).toBe(1);
    expect(personScore(points, { threshold: 0 })).toBeCloseTo(1.7 / 3, 12);
  });

  test('is 0 when no score is above the threshold', () => {
    expect(personScore([1, 2, 0.1])).toBe(0);
    expect(personScore([])).toBe(0);
  });

  test('refuses scores that are not finite', () => {
    expect(() => personScore([1, 2, 1, 1, 2, NaN])).toThrow('Expected a finite score for keypoint 1 but received NaN');
    expect(() => personScore(points, { boxScore: NaN })).toThrow(
      'Expected a finite number for boxScore but received NaN',
    );
    expect(() => personScore([1, 2])).toThrow(DecodeError);
  });
});
