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

/** Requires one of the named values. */
export function checkChoice(name: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value)) {
    const expected = choices.map((choice) => `'${choice}'`).join(' or ');
    throw new DecodeError(`Expected ${expected} for ${name} but received '${value}'`);
  }
}

/** Requires positive, finite numbers; the keys name them in the message. */
export function checkPositive(values: Record<string, number>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!(value > 0 && value < Infinity)) {
      throw new DecodeError(`Expected a positive number for ${name} but received ${value}`);
    }
  }
}
