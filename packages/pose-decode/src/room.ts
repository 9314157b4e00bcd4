import { DecodeError } from './decode-error';

/** The caller's array if there is one and it has the right length, else a new one. */
export function room(into: Float32Array | undefined, length: number): Float32Array {
  if (into && into.length !== length) {
    throw new DecodeError(`Expected room for ${length} floats in into but found ${into.length}`);
  }
  return into ?? new Float32Array(length);
}
