/** Thrown for a bad option, and for an output folder that is not ours to write into. */
export class SyntheticCocoError extends Error {
  override readonly name = 'SyntheticCocoError';
}
