import { readFile, rename, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { ARM_NAMES, ARMS, type ArmName } from './arms';
import type { Settings } from './options';

export interface Result {
  arm: ArmName;
  seed: number;
  /** Of the last epoch's weights, on clean annotations. */
  AP: number;
  AP50: number;
  /** Mean training loss of the last epoch, wrong annotations included. */
  loss: number;
  seconds: number;
  engine: string;
}

interface ResultsFile {
  settings: Settings;
  results: Result[];
}

/** The results so far, kept in a file: an experiment that was interrupted goes on with what is missing. */
export class Results {
  private constructor(
    readonly file: string,
    readonly settings: Settings,
    readonly results: Result[],
  ) {}

  /** @throws Error when the file holds results of other settings */
  static async open(file: string, settings: Settings): Promise<Results> {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text === undefined) return new Results(file, settings, []);
    const found = JSON.parse(text) as ResultsFile;
    if (!isDeepStrictEqual(found.settings, settings)) {
      const [wanted, has] = [settings, found.settings].map((value) => JSON.stringify(value));
      throw new Error(`${file}: expected results of ${wanted}, found those of ${has}. Choose another --out.`);
    }
    return new Results(file, settings, found.results);
  }

  has(arm: ArmName, seed: number): boolean {
    return this.results.some((result) => result.arm === arm && result.seed === seed);
  }

  /** Adds a result and saves them all. */
  async add(result: Result): Promise<void> {
    this.results.push(result);
    const { file, settings, results } = this;
    const text = `${JSON.stringify({ settings, results } satisfies ResultsFile, null, 2)}\n`;
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  }

  /** A Markdown table: a row per arm, its mean AP, and the AP of each seed. */
  table(seeds: readonly number[]): string {
    const rows = ARM_NAMES.map((arm) => {
      const found = seeds.map((seed) => this.results.find((result) => result.arm === arm && result.seed === seed)?.AP);
      const known = found.filter((value) => value !== undefined);
      const mean = known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : undefined;
      return [ARMS[arm].label, ...[mean, ...found].map((value) => value?.toFixed(3) ?? '-')];
    });
    const headings = ['training', 'mean AP', ...seeds.map((seed) => `seed ${seed}`)];
    const rule = headings.map((_, i) => (i === 0 ? '---' : '---:'));
    return [headings, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  }
}
