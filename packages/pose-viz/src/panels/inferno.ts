/**
 * The perceptually uniform colour map `inferno` (Nathaniel Smith and Stefan van der Walt for matplotlib 1.5, CC0):
 * its 8-bit colours at 0, 1/16, ..., 1, between which values are interpolated.
 */
const STOPS = [
  0, 0, 4, 11, 7, 36, 33, 12, 74, 61, 9, 101, 87, 16, 110, 113, 25, 110, 138, 34, 106, 163, 44, 97, 188, 55, 84, 208,
  69, 69, 227, 89, 51, 241, 113, 31, 249, 140, 10, 252, 170, 15, 249, 201, 50, 242, 232, 101, 252, 255, 164,
] as const;

/** Colours of 0, 1/255, ..., 1 as [red, green, blue] triplets. */
export const INFERNO: Uint8Array = Uint8Array.from({ length: 3 * 256 }, (_, i) => {
  const at = (Math.floor(i / 3) / 255) * 16;
  const stop = Math.min(15, Math.floor(at));
  const [low, high] = [STOPS[3 * stop + (i % 3)], STOPS[3 * stop + 3 + (i % 3)]];
  return Math.round(low + (high - low) * (at - stop));
});
