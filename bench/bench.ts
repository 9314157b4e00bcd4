/**
 * What this machine does, side by side in one run: training step and forward pass of the models per engine (and in
 * PyTorch, if it is there), the opening of an annotation file (beside pycocotools), the data pipeline per worker, and
 * target generation per sample.
 *
 *   pnpm bench
 *   pnpm bench --input 128x96 --batch 32 --seconds 20
 *   pnpm --silent bench --json > bench.json
 *
 * The first part is the command `pose-engine bench`. Nothing else should run on the machine meanwhile.
 */
import { annotationsTable, measureAnnotations } from './annotations';
import { measureNetworks, printNetworks } from './networks';
import { parseOptions, type Options } from './options';
import { measurePipeline, type PipelineResult } from './pipeline';
import { table } from './shared';
import { measureTargets } from './targets';

async function main(options: Options): Promise<void> {
  const { input, batch, seconds } = options;
  const progress = (what: string) => process.stderr.write(`measuring ${what} ...\n`);
  const networks = options.json ? await measureNetworks(options) : await printNetworks(options);
  progress('the opening of an annotation file');
  const annotations = await measureAnnotations();
  progress('the data pipeline');
  const pipeline = await measurePipeline({ input, batch, seconds });
  progress('target generation');
  const targets = await measureTargets(input, seconds);

  if (options.json) {
    console.log(JSON.stringify({ ...(networks as object), annotations, pipeline, targets }, null, 2));
    return;
  }
  const { megabytes, people, runs } = annotations;
  console.log(
    `\nOpening an annotation file of ${people} people, ${megabytes.toFixed(0)} MB (medians of ${runs} runs)\n`,
  );
  console.log(annotationsTable(annotations));
  console.log(`\nData pipeline: 640x480 JPEG to augmented ${input.join('x')} sample with targets\n`);
  console.log(pipelineTable(pipeline));
  const maps = `${targets.keypoints} Gaussian heatmaps of ${targets.heatmapSize[1]}x${targets.heatmapSize[0]}`;
  console.log(`\nTarget generation: ${maps}, plain TypeScript on one core\n`);
  console.log(`${targets.milliseconds.toFixed(4)} ms per sample (median of ${targets.runs} runs of 500)`);
}

function pipelineTable(results: PipelineResult[]): string {
  const rows = results.map(({ workers, imagesPerSecond, runs }) => [
    workers === 0 ? 'none (main thread)' : `${workers}`,
    imagesPerSecond.toFixed(1),
    (imagesPerSecond / Math.max(1, workers)).toFixed(1),
    `${runs}`,
  ]);
  return table(['workers', 'img/s', 'img/s per worker', 'runs'], rows);
}

main(parseOptions(process.argv.slice(2))).catch((error: Error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
