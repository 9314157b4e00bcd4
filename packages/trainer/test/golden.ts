import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Tolerance = readonly [absolute: number, relative: number];

interface GoldenCase {
  name: string;
  kind: string;
  inputs: Record<string, unknown>;
  expected: Record<string, number[]>;
}

/** A case, and a check of a field that fails unless every number is within its file's tolerance. */
export interface Golden<Inputs> {
  inputs: Inputs;
  expected: Record<string, number[]>;
  check(field: string, got: readonly number[]): void;
}

const shared = process.env.POSE_GOLDEN;
const folder = shared ? join(shared, 'pipeline') : join(__dirname, 'fixtures');

/** One test per case of a kind, of every file in POSE_GOLDEN/pipeline when that is set, else of this package's fixtures. */
export function parity<Inputs>(kind: string, run: (golden: Golden<Inputs>) => void): void {
  describe(`parity with ${kind}`, () => {
    let count = 0;
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      const { cases = [], tolerance } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
        cases?: GoldenCase[];
        tolerance?: { default: Tolerance; fields: Record<string, Tolerance> };
      };
      for (const { name, inputs, expected } of cases.filter((each) => each.kind === kind)) {
        count++;
        const check = (field: string, got: readonly number[]) => {
          const [abs, rel] = tolerance?.fields[`${kind}.${field}`] ?? tolerance?.default ?? [0, 0];
          expect(got).toHaveLength(expected[field].length);
          expected[field].forEach((value, i) => {
            expect(Math.abs(got[i] - value)).toBeLessThanOrEqual(abs + rel * Math.abs(value));
          });
        };
        test(name, () => run({ inputs: inputs as Inputs, expected, check }));
      }
    }
    if (count === 0) (shared ? test.skip : test)('has cases', () => expect(count).toBeGreaterThan(0));
  });
}
