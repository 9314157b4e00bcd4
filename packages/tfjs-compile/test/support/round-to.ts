import type { ReducedType } from '../../src/graph/graph';

/** Bits of the mantissa, the leading one included, and the exponents of the smallest normal number and of the largest. */
const FORMATS = {
  bfloat16: { digits: 8, smallest: -126, largest: 127 },
  float16: { digits: 11, smallest: -14, largest: 15 },
};

const { abs, floor, log2, max, sign } = Math;

/** The nearest number of a type; of two the one whose last bit is zero (IEEE 754, section 4.3.1). */
export function roundTo(type: ReducedType, value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const { digits, smallest, largest } = FORMATS[type];
  const unit = 2 ** (max(floor(log2(abs(value))), smallest) - digits + 1);
  const rounded = roundHalfToEven(abs(value) / unit) * unit;
  return sign(value) * (rounded >= 2 ** (largest + 1) ? Infinity : rounded);
}

function roundHalfToEven(value: number): number {
  const below = floor(value);
  if (value - below !== 0.5) return floor(value + 0.5);
  return below % 2 === 0 ? below : below + 1;
}
