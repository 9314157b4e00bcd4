import { InvalidArgumentError } from 'commander';

/** A whole number above 0. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value <= 0) throw new InvalidArgumentError('expected a whole number above 0.');
  return value;
}

/** A whole number. */
export function parseWhole(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value)) throw new InvalidArgumentError('expected a whole number.');
  return value;
}

/** A number above 0, at most 1. */
export function parseShare(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) throw new InvalidArgumentError('expected a number above 0, at most 1.');
  return value;
}

/** Whole numbers separated by commas or white space. */
export function parseIds(text: string): number[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 0) throw new InvalidArgumentError('expected ids, such as "139,285".');
  return words.map(parseWhole);
}
