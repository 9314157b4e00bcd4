/**
 * Pictures of what a network is trained on: per sample the original image with the annotation, the network's input with
 * the keypoints that the loss will use, and the targets, side by side. What to look at first when AP is zero.
 *
 *   npx tsx examples/inspect-data/inspect.ts --synthetic
 *   npx tsx examples/inspect-data/inspect.ts --data /data/coco --half-body 0.3 --encoding udp --udp
 *   npx tsx examples/inspect-data/inspect.ts --data /data/coco --mode bottom-up
 *
 * --out gets one PNG per sample and index.html with all of them and with what was drawn for each. The samples are those
 * that the trainer makes from the same seed, in the same order. --help lists all options.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import {
  CROWDPOSE_SKELETON,
  locateCocoSplit,
  readCocoKeypoints,
  readCrowdPose,
  type CocoKeypoints,
} from '@pose/coco-dataset';
import { writeHtmlReport, writePng, type ReportSection } from '@pose/pose-viz/node';
import { makeSyntheticCoco } from '@pose/synthetic-coco';
import { ProgressReporter } from '@pose/trainer';
import { bottomUpPictures } from './bottom-up-pictures';
import { parseOptions, type Options } from './options';
import { topDownPictures } from './top-down-pictures';

async function main(options: Options): Promise<void> {
  const reporter = new ProgressReporter();
  const { coco, imageFolder } = await openData(options);
  const pictures = options.mode === 'top-down' ? topDownPictures : bottomUpPictures;
  const { samples, total } = await pictures(coco, imageFolder, options, reporter);

  await mkdir(options.out, { recursive: true });
  const sections: ReportSection[] = [];
  reporter.start('draw', total);
  for await (const { name, title, picture, facts } of samples) {
    const file = `${name}.png`;
    await writePng(join(options.out, file), picture);
    sections.push({
      title,
      tables: [{ columns: ['what', 'value'], rows: Object.entries(facts) }],
      figures: [{ title: file, png: picture }],
    });
    reporter.advance(1);
  }
  reporter.stop();
  const page = resolve(options.out, 'index.html');
  await writeHtmlReport(page, { title: `${options.mode} samples of ${coco.source}`, sections });
  console.log(`${sections.length} samples: ${page}`);
}

async function openData(options: Options): Promise<{ coco: CocoKeypoints; imageFolder: string }> {
  if (options.annotations) {
    const read = options.skeleton === CROWDPOSE_SKELETON ? readCrowdPose : readCocoKeypoints;
    return { coco: await read(options.annotations), imageFolder: options.images as string };
  }
  const root = options.data ?? `${options.out}-data`;
  if (options.synthetic) await makeSyntheticCoco({ out: root, seed: options.seed, train: 40, val: 8 });
  const { annotationFile, imageFolder } = await locateCocoSplit(root, options.split);
  return { coco: await readCocoKeypoints(annotationFile), imageFolder };
}

main(parseOptions(process.argv.slice(2))).catch((error: Error) => {
  console.error(`\n${error.name}: ${error.message}`);
  process.exitCode = 1;
});
