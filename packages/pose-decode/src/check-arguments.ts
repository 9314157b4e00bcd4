import { DecodeError } from './decode-error';

/** Requires positive integers; the keys name them in the message. */
export function checkWhole(values: Record<string, number>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(Number.isInteger(value) && value > 0)) {
      throw new DecodeError(`Expected a positive integer for ${name} but received ${value}`);
    }
  }
}

/** Requires finite numbers; the keys name them in the message. */
export function checkFinite(values: Record<string, number>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isFinite(value)) throw new DecodeError(`Expected a finite number for ${name} but received ${value}`);
  }
}
