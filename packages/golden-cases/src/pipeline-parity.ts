import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectClose, expectSummary, type Nested, type Summary, type Tolerance } from './expectations';
import { goldenFolder } from './golden-folder';

interface PipelineFile {
  tolerance: Tolerances;
  cases?: { name: string; kind: string; inputs: unknown; expected: unknown }[];
}

export interface Tolerances {
  default: Tolerance;
  /** By `kind.field`. */
  fields?: Record<string, Tolerance>;
  sums_rel?: number;
  strict?: Record<string, Tolerance>;
  exact_float_against_cv4?: Tolerance;
}

export interface Golden<Inputs, Expected> {
  inputs: Inputs;
  expected: Expected;
  /** Fails unless every number is within the file's tolerance for `kind.field`. */
  check(field: string, got: ArrayLike<number>, expected: Nested): void;
  checkSummary(field: string, got: ArrayLike<number>, expected: Summary): void;
  tolerance: Tolerances;
}

export type Parity = <Inputs, Expected>(kind: string, run: (golden: Golden<Inputs, Expected>) => void) => void;

/**
 * A function that makes one jest test per case of a kind. A package's own fixtures must hold each kind that it asks for;
 * a folder that POSE_GOLDEN names need not.
 *
 * @param fixtures  folder of the package's own cases
 * @throws Error when the folder in use is missing or holds no case at all
 */
export function pipelineParity(fixtures: string): Parity {
  const folder = goldenFolder('pipeline', fixtures);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as PipelineFile);
  if (!files.some(({ cases = [] }) => cases.length > 0)) {
    throw new Error(`${folder}: expected JSON files with a list 'cases', found none.`);
  }
  return <Inputs, Expected>(kind: string, run: (golden: Golden<Inputs, Expected>) => void) => {
    describe(`parity with ${kind}`, () => {
      let count = 0;
      for (const { tolerance, cases = [] } of files) {
        for (const { name, inputs, expected } of cases.filter((each) => each.kind === kind)) {
          count++;
          const of = (field: string) => tolerance.fields?.[`${kind}.${field}`] ?? tolerance.default;
          const golden: Golden<Inputs, Expected> = {
            inputs: inputs as Inputs,
            expected: expected as Expected,
            tolerance,
            check: (field, got, wanted) => expectClose(got, wanted, of(field), field),
            checkSummary: (field, got, wanted) =>
              expectSummary(got, wanted, of(field), tolerance.sums_rel ?? 5e-6, field),
          };
          test(name, () => run(golden));
        }
      }
      if (count === 0) (folder === fixtures ? test : test.skip)('has cases', () => expect(count).toBeGreaterThan(0));
    });
  };
}
