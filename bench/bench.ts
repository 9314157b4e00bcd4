/**
 * What this machine does, side by side in one run: training step and forward pass of the models per engine (and in
 * PyTorch, if it is there), op by op and compiled, the opening of an annotation file (beside pycocotools), training samples per worker (beside
 * OpenCV), target generation per sample, decoding per batch and grouping per image (beside numpy and OpenCV), and keypoint
 * evaluation (beside pycocotools).
 *
 *   pnpm bench
 *   pnpm bench --parts compiled,annotations,samples,targets,decoding,grouping,evaluation
 *   pnpm bench --parts compiled --models pose_resnet18,pose_resnet50,litehrnet_18,hourglass_2stack --batches 8,32
 *   pnpm bench --input 128x96 --batch 32 --seconds 20
 *   pnpm --silent bench --json > bench.json
 *
 * The first part is the command `pose-engine bench`. Nothing else should run on the machine meanwhile.
 */
import { annotationsTable, measureAnnotations } from './annotations';
import { measureCompiled, type CompiledResult } from './compiled';
import { compiledTable } from './compiled-table';
import { evaluationTable, measureEvaluation } from './evaluation';
import { decodingTable, measureDecoding } from './decoding';
import { groupingTable, measureGrouping } from './grouping';
import { measureNetworks, printNetworks } from './networks';
import { parseOptions, type Options, type Part } from './options';
import { measureSamples, samplesTable } from './samples';
import { measureTargets, targetTable } from './targets';

async function main(options: Options): Promise<void> {
  const { input, batch, seconds, parts, json } = options;
  const report: Record<string, unknown> = {};
  const wants = (part: Part) => parts.includes(part);
  const say = (text: string) => {
    if (!json) console.log(text);
  };
  const progress = (what: string) => process.stderr.write(`measuring ${what} ...\n`);

  if (wants('networks')) {
    if (json) Object.assign(report, await measureNetworks(options));
    else await printNetworks(options);
  }
  if (wants('compiled')) {
    const { batches = [batch], models = 'pose_resnet18', device, limit } = options;
    const compiled: CompiledResult[] = (report.compiled = []);
    for await (const result of measureCompiled(
      { device, input, models: models.split(','), batches, seconds, limit },
      progress,
    )) {
      compiled.push(result);
      say(`\nOp by op and as one graph: ${compiledTable(result)}\n`);
    }
  }
  if (wants('annotations')) {
    progress('the opening of an annotation file');
    const annotations = (report.annotations = await measureAnnotations());
    const { megabytes, people, runs } = annotations;
    say(`\nOpening an annotation file of ${people} people, ${megabytes.toFixed(0)} MB (medians of ${runs} runs)\n`);
    say(annotationsTable(annotations));
  }
  if (wants('samples')) {
    progress('training samples');
    const samples = (report.samples = await measureSamples({ input, batch, seconds }));
    say(`\nTraining samples: 640x480 image to augmented ${input.join('x')} input with targets\n`);
    say(samplesTable(samples));
  }
  if (wants('targets')) {
    progress('target generation');
    const targets = (report.targets = await measureTargets(input, seconds));
    say('\nTarget generation: ms per sample on one core\n');
    say(targetTable(targets));
  }
  if (wants('decoding')) {
    progress('decoding');
    const decoding = (report.decoding = await measureDecoding(seconds));
    say('\nDecoding of heatmaps [32, 17, 64, 48]: ms per batch on one core\n');
    say(decodingTable(decoding));
  }
  if (wants('grouping')) {
    progress('grouping to people');
    const grouping = (report.grouping = await measureGrouping(seconds));
    say('\nConfidence maps and part affinity fields of 46x46 to people: ms per image on one core\n');
    say(groupingTable(grouping));
  }
  if (wants('evaluation')) {
    progress('evaluation');
    const evaluation = (report.evaluation = await measureEvaluation());
    const [{ images, people }] = evaluation;
    say(
      `\nKeypoint evaluation of ${images} images, ${people} people and their detections, and of 2, 4 and 8 times that\n`,
    );
    say(evaluationTable(evaluation));
  }
  if (json) console.log(JSON.stringify(report, null, 2));
}

main(parseOptions(process.argv.slice(2))).catch((error: Error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
