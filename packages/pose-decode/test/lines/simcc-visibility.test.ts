import { DecodeError, simccVisibility } from '../../src';

const sigma = [2, 3] as const;

test('simccVisibility(lines, options, into) is the lower share of the two maxima in their softmax', () => {
  const [x, y] = [Float32Array.of(0, 0.4, 0.1), Float32Array.of(0.3, 0.3)];
  const share = (line: Float32Array, beta: number) => {
    const powers = Array.from(line, (value) => Math.exp(beta * value));
    return Math.max(...powers) / powers.reduce((sum, power) => sum + power, 0);
  };
  const options = { keypoints: 1, sigma, decodeBeta: 1.5 };
  const [visibility] = simccVisibility({ x, y }, options);
  expect(visibility).toBeCloseTo(Math.min(share(x, 3), share(y, 4.5)), 6);
  const sure = { x: Float32Array.of(0, 1, 0), y: Float32Array.of(1, 0) };
  const into = new Float32Array(1);
  expect(simccVisibility(sure, { keypoints: 1, sigma }, into)).toBe(into);
  expect(into[0]).toBeCloseTo(1, 6);
});

test('simccVisibility refuses lines that do not fit or are not finite, and no sigma', () => {
  const lines = { x: Float32Array.of(0, 1, NaN), y: Float32Array.of(1, 0) };
  expect(() => simccVisibility(lines, { keypoints: 1, sigma })).toThrow('line 0 of x holds NaN');
  expect(() => simccVisibility(lines, { keypoints: 2, sigma })).toThrow(DecodeError);
  expect(() => simccVisibility(lines, { keypoints: 1, sigma: [0, 1] })).toThrow('for sigma[0] but received 0');
});
