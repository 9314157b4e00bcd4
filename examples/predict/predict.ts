/**
 * Keypoints of the people in images, with a checkpoint of one of the training examples or published weights.
 *
 *   npx tsx examples/predict/predict.ts --input photo.jpg --checkpoint runs/demo/checkpoints/best --overlays overlays
 *   npx tsx examples/predict/predict.ts --input frames/ --boxes detections.json --checkpoint runs/demo/checkpoints/best
 *   npx tsx examples/predict/predict.ts --input photo.jpg --box 40,25,120,260 --box 190,30,110,250 \
 *     --checkpoint pose_resnet_50_256x192.pth.tar --model pose_resnet50
 *
 * Top-down networks are told where the people are: --boxes or --box, else each whole image is one person's box. Bottom-up
 * networks (OpenPose) find them. --out gets COCO results, which coco-eval reads, and beside it <out>.images.json, which
 * image each image_id is: the number that the file is named, as in COCO, else its place. Photographs are turned as their
 * EXIF data says, but with --boxes, which count pixels as stored. With --track the images are frames of a video, and each
 * person keeps one `track_id`; people whom the detector of --boxes misses are looked for where they should be. An image
 * that cannot be read or predicted on is reported and left out; the exit code is 1 then. --help lists all options.
 */
import { mkdir } from 'node:fs/promises';
import { parse, join, resolve } from 'node:path';
import { readImage, type LoadedImage } from '@pose/coco-dataset';
import type { CocoKeypointResult } from '@pose/coco-eval';
import { writeResults } from '@pose/coco-eval/node';
import { endWithError, startEngine } from '@pose/example-shared';
import { checkBoxes, PredictorError, type PersonBox } from '@pose/predictor';
import { loadPredictor, type LoadedPredictor } from '@pose/predictor/node';
import { ProgressReporter } from '@pose/trainer';
import { findImages, overlayFiles, type InputImage } from './find-images';
import { parseOptions, predictorSettings, type Options } from './options';
import { skeletonOf, writeOverlay } from './overlays';
import { predictEach } from './predict-each';
import { readBoxes } from './read-boxes';
import { trackPeople, type TrackOptions } from './track-people';
import { writeImages } from './write-images';

const PERSON = 1; // COCO's category id

interface Opened {
  input: InputImage;
  image: LoadedImage;
  boxes?: readonly PersonBox[];
}

async function main(options: Options): Promise<void> {
  const { minScore, overlays, overlayFormat } = options;
  const reporter = new ProgressReporter();
  const inputs = await findImages(options.input);
  const boxesOf = boxSource(inputs, options);
  const overlayOf = overlays ? overlayFiles(inputs, overlays, `.${overlayFormat}`) : undefined;
  if (overlays) await mkdir(overlays, { recursive: true });

  // Network
  const engine = await startEngine(options, reporter);
  const predictor = await loadPredictor(options.checkpoint, predictorSettings(options));
  const [width, height] = predictor.inputSize;
  const skeleton = skeletonOf(predictor.keypointNames);
  reporter.line(`${predictor.description.name} ${height}x${width}, ${predictor.kind}, on ${engine.kind}`);
  if (predictor.kind === 'bottom-up' && (options.box ?? options.boxes ?? options.decode)) {
    throw new Error('--box, --boxes, --decode: this network finds people itself. Leave them out.');
  }

  const tracking = options.track ? trackPeople(trackOptions(options, predictor)) : undefined;

  // Some images at a time, frames one by one: read, predict, draw
  const batch = tracking ? 1 : options.batch;
  const results: CocoKeypointResult[] = [];
  const images: Parameters<typeof writeImages>[1][number][] = [];
  const failures: string[] = [];
  reporter.start('predict', inputs.length);
  for (let start = 0; start < inputs.length; start += batch) {
    const part = inputs.slice(start, start + batch);
    const read = await Promise.all(part.map((input) => openImage(input, boxesOf(input), options)));
    const opened = read.filter((one): one is Opened => !(one instanceof Error));
    failures.push(...read.filter((one) => one instanceof Error).map(({ message }) => message));
    const items = opened.map(({ image, boxes }) => ({
      image,
      boxes: boxes && tracking ? tracking.boxes(start, boxes, [image.width, image.height]) : boxes,
    }));
    const found = await predictEach(predictor, items);
    for (const [i, { input, image }] of opened.entries()) {
      const own = found[i];
      if (own instanceof Error) {
        failures.push(`${input.file}: ${own.message}`);
        continue;
      }
      const all = tracking?.people(start, own) ?? own.map((person) => ({ ...person, id: null }));
      const people = all.filter(({ score }) => score >= minScore);
      images.push({ id: input.id, file_name: input.file, width: image.width, height: image.height });
      for (const { keypoints, score, box, id } of people) {
        const result = { image_id: input.id, category_id: PERSON, keypoints, bbox: box, score };
        results.push(id === null ? result : { ...result, track_id: id });
      }
      if (overlayOf) await writeOverlay(overlayOf.get(input)!, image, people, skeleton);
    }
    reporter.advance(part.length, { people: String(results.length) });
  }
  reporter.stop();
  predictor.dispose();

  // Files
  const { dir, name } = parse(options.out);
  await mkdir(resolve(dir), { recursive: true });
  await writeResults(options.out, results);
  await writeImages(join(dir, `${name}.images.json`), images);
  console.log(`${results.length} people in ${images.length} images: ${resolve(options.out)}`);
  if (overlays) console.log(`overlays: ${resolve(overlays)}`);
  if (failures.length === 0) return;
  for (const message of failures) console.error(message);
  console.error(`${failures.length} of ${inputs.length} images were left out.`);
  process.exitCode = 1;
}

function trackOptions({ fps, smooth = false }: Options, { keypointNames, description }: LoadedPredictor): TrackOptions {
  const { prediction } = description;
  const sigmas = prediction?.kind === 'bottom-up' ? undefined : prediction?.sigmas;
  return { keypoints: keypointNames.length, framesPerSecond: fps, smooth, sigmas };
}

/** Where the people of an image are, as far as the command line says so. */
function boxSource(inputs: readonly InputImage[], { box, boxes, boxScore }: Options) {
  if (box && inputs.length > 1) throw new Error(`--box: expected one image, found ${inputs.length}. Take --boxes.`);
  const all = boxes === undefined ? undefined : readBoxes(boxes, inputs, { minScore: boxScore });
  return (input: InputImage): readonly PersonBox[] | undefined => all?.get(input) ?? box;
}

/** The image, or why it cannot be predicted on. */
async function openImage(input: InputImage, boxes: Opened['boxes'], options: Options): Promise<Opened | Error> {
  try {
    const image = await readImage(input.file, { orientation: options.boxes ? 'stored' : 'exif' });
    checkBoxes(boxes ?? [], image, `${input.file}: boxes`);
    return { input, image, boxes };
  } catch (error) {
    if (error instanceof PredictorError || (error as Error).name === 'DatasetError') return error as Error;
    throw error;
  }
}

main(parseOptions(process.argv.slice(2))).catch(endWithError);
