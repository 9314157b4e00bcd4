/** Adding and taking away 2^52 leaves a positive float64 rounded to a whole number, halves to even. */
const WHOLE = 2 ** 52;

/** @param value from 0 to 2^51 */
export function roundHalfToEven(value: number): number {
  return value + WHOLE - WHOLE;
}
