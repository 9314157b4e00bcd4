import { InvalidArgumentError } from 'commander';

// Values of command lines, for commander's argParser: each gives the value or the error that commander prints.

/** A number of at least 0. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('Expected a number of at least 0.');
  }
  return value;
}

export function positiveNumber(text: string): number {
  const value = number(text);
  if (value === 0) throw new InvalidArgumentError('Expected a number above 0.');
  return value;
}

export function wholeNumber(text: string): number {
  const value = number(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('Expected a whole number.');
  return value;
}

export function positiveInteger(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('Expected a whole number above 0.');
  return value;
}

/** Whole numbers with commas between them. */
export function integers(text: string): number[] {
  return text.split(',').map(wholeNumber);
}

/** A size such as 256x192. */
export function heightByWidth(text: string): [height: number, width: number] {
  const match = /^([1-9]\d*)x([1-9]\d*)$/.exec(text);
  if (!match) throw new InvalidArgumentError('Expected HEIGHTxWIDTH, such as 256x192.');
  return [Number(match[1]), Number(match[2])];
}

/** A JSON object, such as options of a network. */
export function jsonObject(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`Expected JSON: ${(error as Error).message}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidArgumentError('Expected a JSON object, such as {"width":32}.');
  }
  return value;
}
