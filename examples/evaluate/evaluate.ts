/**
 * COCO AP of a trained network: a checkpoint of one of the training examples, or weights that PyTorch wrote.
 *
 *   npx tsx examples/evaluate/evaluate.ts --checkpoint runs/coco-r50/checkpoints/best --data /data/coco
 *   npx tsx examples/evaluate/evaluate.ts --weights pose_resnet_50_256x192.pth.tar --network pose_resnet50 \
 *     --data /data/coco --detections COCO_val2017_detections_AP_H_56_person.json
 *
 * It prints the ten numbers as pycocotools does, or one JSON object with --json. --out gets results.json (COCO's results
 * format, without the people that were found twice), predictions.png, predictions-worst.png and report.html, which shows
 * the errors keypoint by keypoint where the boxes are annotated ones. --help lists all options.
 */
import { evaluateKeypoints, summaryTable } from '@pose/coco-eval';
import { dataRoot, endWithError, startEngine } from '@pose/example-shared';
import { ProgressReporter } from '@pose/trainer';
import { evaluateBottomUp, evaluateTopDown } from './evaluate-split';
import { loadNetwork } from './load-network';
import { parseOptions, type Options } from './options';
import { prepareFolder, writeFiles } from './write-files';

async function main(options: Options): Promise<void> {
  const reporter = new ProgressReporter();
  await prepareFolder(options.out);
  const engine = await startEngine(options, reporter);
  const network = await loadNetwork(options);
  const { name } = network.description;
  const { prediction } = network;
  if (prediction.kind === 'bottom-up' && options.detections) {
    throw new Error(`--detections: ${name} finds people itself, it takes no boxes.`);
  }
  const [, height, width] = network.model.inputs[0].shape;
  const title = `${name} ${height}x${width}`;
  reporter.line(title);

  const root = await dataRoot({ ...options, syntheticTrain: 0 }, reporter);
  const evaluated =
    prediction.kind === 'bottom-up'
      ? await evaluateBottomUp(network, root, options, reporter)
      : await evaluateTopDown(network, prediction, root, options, reporter);
  const files = await writeFiles(options.out, title, evaluated, { ...options, engine: engine.kind });

  const { coco, stats, samples, results } = evaluated;
  if (options.json) {
    const { checkpoint, weights, valSplit: split } = options;
    const source = { network: name, input: `${height}x${width}`, checkpoint, weights, split, engine: engine.kind };
    console.log(JSON.stringify({ ...source, samples, poses: results.length, stats, files }));
    return;
  }
  console.log(summaryTable(evaluateKeypoints(coco, results, { allowEmpty: true })));
  console.log(`results: ${files.results}\nreport: ${files.report}`);
}

main(parseOptions(process.argv.slice(2))).catch(endWithError);
