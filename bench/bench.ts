/**
 * What this machine does, side by side in one run: training step and forward pass per engine (and PyTorch, if it is
 * there), the data pipeline per worker, and target generation per sample.
 *
 *   pnpm bench
 *   pnpm bench --input 128x96 --batch 32 --seconds 20
 *   pnpm --silent bench --json > bench.json
 *
 * Every number is a median after two runs to warm up. Nothing else should run on the machine meanwhile.
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import type { NetworkResult } from './network';
import { measureNetworks, type Unavailable } from './networks';
import { parseOptions, type Options } from './options';
import { measurePipeline, type PipelineResult } from './pipeline';
import { table } from './table';
import { measureTargets } from './targets';

async function main(options: Options): Promise<void> {
  const { input, batch, seconds } = options;
  const machine = { cpu: cpus()[0].model.trim(), cores: availableParallelism(), node: process.version };
  const progress = (what: string) => process.stderr.write(`measuring ${what} ...\n`);

  const load = loadavg()[0]; // 0 on Windows, which keeps none
  if (load > 0.5)
    progress(`although the load average is ${load.toFixed(1)}: other programs are running, the numbers will be low`);

  const networks = await measureNetworks({ input, batch, seconds }, progress);
  progress('the data pipeline');
  const pipeline = await measurePipeline({ input, batch, seconds });
  progress('target generation');
  const targets = await measureTargets(input, seconds);

  if (options.json) {
    console.log(JSON.stringify({ machine, input, batch, networks, pipeline, targets }, null, 2));
    return;
  }
  const where = `${machine.cpu}, ${machine.cores} cores, Node ${machine.node.slice(1)}`;
  const size = input.join('x');
  console.log(`\nSimpleBaseline ResNet-18, ${size}, batch ${batch}, float32 (${where})\n`);
  console.log(networkTable(networks, batch));
  console.log(`\nData pipeline: 640x480 JPEG to augmented ${size} sample with targets (${where})\n`);
  console.log(pipelineTable(pipeline));
  const maps = `${targets.keypoints} Gaussian heatmaps of ${targets.heatmapSize[1]}x${targets.heatmapSize[0]}`;
  console.log(`\nTarget generation: ${maps}, plain TypeScript on one core (${where})\n`);
  console.log(`${targets.milliseconds.toFixed(4)} ms per sample (median of ${targets.runs} runs of 500)`);
}

/** Ratios are to wasm, the engine that every machine has. */
function networkTable(results: (NetworkResult | Unavailable)[], batch: number): string {
  const measured = results.filter((result) => 'train' in result);
  const wasm = measured.find(({ engine }) => engine === 'wasm');
  const ratio = (task: 'train' | 'forward', { seconds }: { seconds: number }) =>
    wasm ? `${(wasm[task].seconds / seconds).toFixed(2)}x` : '';
  const rows = measured.map(({ engine, from, train, forward }) => [
    engine,
    (batch / train.seconds).toFixed(1),
    (1000 * train.seconds).toFixed(0),
    ratio('train', train),
    (batch / forward.seconds).toFixed(1),
    (1000 * forward.seconds).toFixed(0),
    ratio('forward', forward),
    `${train.runs} + ${forward.runs}`,
    from,
  ]);
  const headings = ['engine', 'train img/s', 'ms/step', 'to wasm', 'forward img/s', 'ms', 'to wasm', 'runs', 'from'];
  const missing = results.filter((result) => 'unavailable' in result);
  const notes = missing.map(({ engine, unavailable }) => `\n${engine}: not measured. ${unavailable}`);
  return table(headings, rows) + notes.join('');
}

function pipelineTable(results: PipelineResult[]): string {
  const rows = results.map(({ workers, imagesPerSecond, runs }) => [
    workers === 0 ? 'none (main thread)' : `${workers}`,
    imagesPerSecond.toFixed(1),
    (imagesPerSecond / Math.max(1, workers)).toFixed(1),
    `${runs}`,
    '',
  ]);
  return table(['workers', 'img/s', 'img/s per worker', 'runs', ''], rows);
}

main(parseOptions(process.argv.slice(2))).catch((error: Error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
