import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Made by scripts/make-checkpoint-fixtures.py. */
const FOLDER = join(__dirname, '../fixtures/checkpoints');

export interface ExpectedTensor {
  dtype: string;
  shape: number[];
  /** float32; those that JSON does not have are Python's names of them. */
  values: (number | 'nan' | 'inf' | '-inf')[];
}

/** What PyTorch has in each file. */
export const EXPECTED = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as Record<
  string,
  Record<string, ExpectedTensor>
>;

export function fixture(name: string): Uint8Array {
  return Uint8Array.from(readFileSync(join(FOLDER, name)));
}

/** The files in a folder of the fixtures. */
export function fixtureNames(folder: string): string[] {
  return readdirSync(join(FOLDER, folder))
    .map((name) => `${folder}/${name}`)
    .sort();
}

const SPECIAL = new Map<unknown, number>([
  ['nan', NaN],
  ['inf', Infinity],
  ['-inf', -Infinity],
]);

export function expectedValues({ values }: ExpectedTensor): Float32Array {
  return Float32Array.from(values, (value) => SPECIAL.get(value) ?? (value as number));
}
