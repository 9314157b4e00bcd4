import { TargetError } from './target-error';

/**
 * A result's array: the caller's if there is one, cleared, else a new one.
 *
 * @param name  what the caller calls it, for the error
 * @throws TargetError when the caller's has another length
 */
export function room(name: string, given: Float32Array | undefined, length: number): Float32Array {
  if (!given) return new Float32Array(length);
  requireLength(name, given, length);
  return given.fill(0);
}

export function requireLength(name: string, given: ArrayLike<number>, length: number): void {
  if (given.length !== length) {
    throw new TargetError(`Expected room for ${length} numbers in ${name} but found ${given.length}`);
  }
}
