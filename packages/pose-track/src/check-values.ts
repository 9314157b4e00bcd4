import { TrackError } from './track-error';

const { isFinite } = Number;

/** A short description of a value for an error message. */
function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(value);
  if (isList(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** True for arrays and typed arrays of any realm. */
function isList(value: unknown): value is ArrayLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { length?: unknown }).length === 'number';
}

/** @param advice what to do about it, where that is not plain */
export function fail(where: string, expected: string, found: unknown, advice = ''): never {
  throw new TrackError(`${where}: expected ${expected}, found ${describe(found)}${advice && `; ${advice}`}`);
}

export function checkFinite(where: string, value: unknown): void {
  if (typeof value !== 'number' || !isFinite(value)) fail(where, 'a finite number', value);
}

export function checkAtLeast(where: string, value: unknown, least: number): void {
  checkFinite(where, value);
  if ((value as number) < least) fail(where, `a number of ${least} or more`, value);
}

export function checkAbove(where: string, value: unknown, limit: number): void {
  checkFinite(where, value);
  if ((value as number) <= limit) fail(where, `a number above ${limit}`, value);
}

export function checkWhole(where: string, value: unknown, least: number): void {
  if (!Number.isInteger(value) || (value as number) < least) fail(where, `a whole number of ${least} or more`, value);
}

/** Requires `count` finite numbers, or any number of them where none is given. */
export function checkNumbers(where: string, values: unknown, count?: number, advice = ''): void {
  if (!isList(values) || (count !== undefined && values.length !== count)) {
    fail(where, count === undefined ? 'a list of numbers' : `a list of ${count} numbers`, values, advice);
  }
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'number' || !isFinite(value)) fail(`${where}[${i}]`, 'a finite number', value);
  }
}

/** Requires an [x, y, width, height] that has an area. */
export function checkBox(where: string, box: unknown): void {
  checkNumbers(where, box, 4);
  const [, , width, height] = Array.from(box as ArrayLike<number>);
  if (width <= 0) fail(`${where}[2]`, 'a width above 0', width);
  if (height <= 0) fail(`${where}[3]`, 'a height above 0', height);
}

export function checkList(where: string, value: unknown): void {
  if (!Array.isArray(value)) fail(where, 'an array', value);
}
