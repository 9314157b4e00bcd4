/**
 * Does small-loss selection or Ada-Batch help when a fifth of the training annotations are wrong? Synthetic people, a
 * slim SimpleBaseline, and the mean val AP over several seeds of: plain training on clean and on corrupted annotations,
 * and both methods on corrupted ones.
 *
 *   npx tsx examples/ada-batch-experiment/experiment.ts --jobs 2
 *   npx tsx examples/ada-batch-experiment/experiment.ts --people 40 --val-people 20 --epochs 2 --seeds 1 --out runs/try
 *
 * The same command goes on with an interrupted experiment; more --seeds add to a finished one.
 */
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { endWithError } from '@pose/example-shared';
import { ARM_NAMES } from './arms';
import { parseOptions, type Options } from './options';
import { prepareData } from './prepare-data';
import { Results } from './results';
import { runJob } from './run-job';
import type { Job } from './train-arm';

async function main({ seeds: count, jobs, engine, fusedKernels, out: folder, ...settings }: Options): Promise<void> {
  const out = resolve(folder);
  const seeds = Array.from({ length: count }, (_, i) => i + 1);
  await mkdir(out, { recursive: true });
  const results = await Results.open(join(out, 'results.json'), settings);
  const missing = seeds
    .flatMap((seed) => ARM_NAMES.map((arm) => ({ arm, seed })))
    .filter(({ arm, seed }) => !results.has(arm, seed));

  if (missing.length > 0) {
    const root = await prepareData(out, settings, seeds);
    const threads = Math.max(1, Math.floor(availableParallelism() / jobs));
    const lane = async () => {
      for (let next = missing.shift(); next; next = missing.shift()) {
        const { arm, seed } = next;
        console.error(`${arm}, seed ${seed}: started, ${missing.length} to come`);
        const run = join(out, 'runs', `${arm}-${seed}`);
        const shared = { root, workers: threads - 1, settings, engine: { engine, fusedKernels } };
        const result = await runJob({ arm, seed, out: run, ...shared } satisfies Job, threads).catch((error: Error) => {
          missing.length = 0; // no lane starts another run
          throw error;
        });
        await results.add(result);
        const { AP, seconds, engine: kind } = result;
        console.error(`${arm}, seed ${seed}: AP ${AP.toFixed(3)} after ${seconds.toFixed(0)} s on ${kind}`);
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: jobs }, lane));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  }
  console.log(results.table(seeds));
}

main(parseOptions(process.argv.slice(2))).catch(endWithError);
