import { DefectError } from './defect-error';

/** A short description of a JSON value for "found ..." in messages. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
  if (value !== null && typeof value === 'object') return 'an object';
  return String(value);
}

/** An object of a JSON file together with its place, so that every failed check says where. */
export class JsonObject {
  private readonly fields: Record<string, unknown>;

  constructor(
    value: unknown,
    private readonly source: string,
    private readonly path: string,
  ) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      throw new DefectError(source, path, 'an object', describe(value));
    }
    this.fields = value as Record<string, unknown>;
  }

  /** The error for field `key`, e.g. `annotations[12].keypoints: expected ..., found ...`. */
  error(key: string, expected: string, found: string): DefectError {
    return new DefectError(this.source, `${this.path}.${key}`, expected, found);
  }

  get(key: string): unknown {
    return this.fields[key];
  }

  id(key: string): number {
    return this.number(key, 'a whole number', Number.isSafeInteger) + 0; // -0 becomes 0
  }

  number(key: string, expected: string, accepts: (value: number) => boolean): number {
    const value = this.fields[key];
    if (typeof value !== 'number' || !Number.isFinite(value) || !accepts(value)) {
      throw this.error(key, expected, describe(value));
    }
    return value;
  }

  text(key: string): string {
    const value = this.fields[key];
    if (typeof value !== 'string' || value === '') throw this.error(key, 'a text that is not empty', describe(value));
    return value;
  }

  /** An array of exactly `length` finite numbers (any length when undefined); `expected` describes it. */
  numbers(key: string, expected: string, length?: number): number[] {
    const value = this.fields[key];
    if (!Array.isArray(value)) throw this.error(key, expected, describe(value));
    if (length !== undefined && value.length !== length) throw this.error(key, expected, String(value.length));
    return value.map((number: unknown, i) => {
      if (typeof number !== 'number' || !Number.isFinite(number)) {
        throw this.error(`${key}[${i}]`, 'a finite number', describe(number));
      }
      return number;
    });
  }
}
