import { checkPositive } from '../check-arguments';
import { DecodeError } from '../decode-error';
import { argMax } from '../heatmaps/arg-max';
import { room } from '../room';
import { countOf, lengthOf, type SimccLines, type SimccShape } from './simcc-lines';

const { exp, min } = Math;

export interface SimccVisibilityOptions extends SimccShape {
  /** the targets' sigma along x and y, places of the line */
  sigma: readonly [number, number];
  /** how steep the softmax is; default 150 */
  decodeBeta?: number;
}

/**
 * How sure SimCC's lines are of each keypoint, 0..1: the largest value of softmax(line * decodeBeta * sigma), of x or y
 * the lower one (mmpose mmpose/codecs/simcc_label.py `decode` with `decode_visibility`).
 *
 * @param into room for the result, to be used again; default a new array
 * @returns shape [batch, K]
 * @throws DecodeError when the lengths are no multiples of batch * K, a line holds NaN or has no finite maximum, or sigma
 *   or decodeBeta is not positive
 */
export function simccVisibility(
  { x, y }: SimccLines,
  options: SimccVisibilityOptions,
  into?: Float32Array,
): Float32Array {
  const { sigma, decodeBeta = 150 } = options;
  checkPositive({ 'sigma[0]': sigma[0], 'sigma[1]': sigma[1], decodeBeta });
  const count = countOf(options);
  const visibility = room(into, count);
  const [alongX, alongY] = [
    peakShare('x', x, count, decodeBeta * sigma[0]),
    peakShare('y', y, count, decodeBeta * sigma[1]),
  ];
  for (let n = 0; n < count; n++) visibility[n] = min(alongX(n), alongY(n));
  return visibility;
}

/** A function of a line's number: the largest value of its softmax. */
function peakShare(name: string, lines: Float32Array, count: number, beta: number) {
  const length = lengthOf(name, lines, count);
  return (n: number): number => {
    const start = n * length;
    const at = argMax(lines, start, 1, length);
    const maximum = at < 0 ? NaN : lines[start + at];
    if (!Number.isFinite(maximum)) {
      throw new DecodeError(`Expected finite lines but line ${n} of ${name} holds ${maximum}`);
    }
    let sum = 0;
    for (let i = start; i < start + length; i++) sum += exp(beta * (lines[i] - maximum));
    return 1 / sum;
  };
}
