import { CocoEvalError, type CocoEvalErrorSource } from './coco-eval-error';

/** A short description of a value for an error message. */
function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (isList(value)) return `a list of ${value.length}`;
  return typeof value === 'object' ? 'an object' : String(value);
}

export function fail(source: CocoEvalErrorSource, path: string, expected: string, found: unknown): never {
  throw new CocoEvalError(source, `${path}: expected ${expected}, found ${describe(found)}`);
}

/** True for arrays and typed arrays of any realm. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { length?: unknown }).length === 'number';
}

export function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** The index of the first element that is no finite number, or -1. */
export function firstNonNumber(values: ArrayLike<unknown>): number {
  for (let i = 0; i < values.length; i++) if (!isFiniteNumber(values[i])) return i;
  return -1;
}

/** Requires a list of finite numbers (`count` of them, where it is given); `where` makes the path only when needed. */
export function checkNumbers(source: CocoEvalErrorSource, where: () => string, value: unknown, count?: number): void {
  const expected = `a list of ${count === undefined ? '' : `${count} `}numbers`;
  if (!isList(value) || (count !== undefined && value.length !== count)) fail(source, where(), expected, value);
  const bad = firstNonNumber(value);
  if (bad >= 0) fail(source, `${where()}[${bad}]`, 'a finite number', value[bad]);
}
