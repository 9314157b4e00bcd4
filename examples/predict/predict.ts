/**
 * Keypoints of the people in one image, with a checkpoint of SimpleBaseline or any other top-down heatmap model.
 *
 *   npx tsx examples/predict/predict.ts --image photo.jpg --checkpoint runs/demo/checkpoints/best
 *   npx tsx examples/predict/predict.ts --image photo.jpg --checkpoint runs/demo/checkpoints/best \
 *     --box 40,25,120,260 --box 190,30,110,250 --out prediction.json --overlay overlay.png
 *
 * Top-down means that somebody says where the people are: one --box per person, or the whole image as one person's box.
 * --out is an array of COCO results, one per box, that coco-eval reads; `image_id` is the number that the file name is
 * (COCO's habit), else 0. --overlay is a PNG. --help lists all options.
 */
import { open, rename, rm } from 'node:fs/promises';
import { basename, parse } from 'node:path';
import { COCO_SKELETON, readImage } from '@pose/coco-dataset';
import { boxToCenterScale, cropMatrix, warpNormalized } from '@pose/pose-augment';
import { decodeHeatmaps, heatmapToImage, personScore } from '@pose/pose-decode';
import { drawBox, drawPose } from '@pose/pose-viz';
import { writePng } from '@pose/pose-viz/node';
import { useEngine } from '@pose/tfjs-engine';
import { heatmapSizeOf, loadCheckpoint, loadCheckpointModel, predictHeatmaps } from '@pose/trainer';
import { parseOptions, type Box, type Options } from './options';

const PERSON = 1; // COCO's category id
const SCORE_THRESHOLD = 0.2; // keypoints below it count neither for the person's score nor in the picture

async function main(options: Options): Promise<void> {
  const image = await readImage(options.image); // RGB bytes (height, width, 3)
  const whole: Box = [0, 0, image.width, image.height];
  const boxes = options.box ?? [whole];
  for (const [x, y, width, height] of boxes) {
    if (x >= image.width || y >= image.height || x + width <= 0 || y + height <= 0) {
      const size = `${image.width}x${image.height}`;
      throw new Error(
        `--box ${[x, y, width, height].join()}: lies outside of ${options.image}, which has ${size} pixels.`,
      );
    }
  }

  // Network
  const checkpoint = await loadCheckpoint(options.checkpoint);
  const engine = await useEngine({ prefer: options.engine });
  const model = await loadCheckpointModel(checkpoint);
  const { description } = checkpoint;
  const { inputSize, keypoints } = description.options;
  const heatmapSize = heatmapSizeOf(model);
  console.log(`${description.name}, ${inputSize[1]}x${inputSize[0]}, on ${engine.kind}`);

  // One person after the other: crop, heatmaps, keypoints
  const people = boxes.map((box) => {
    const { center, scale } = boxToCenterScale(box, { aspectRatio: inputSize[0] / inputSize[1] });
    const input = warpNormalized(image, cropMatrix({ center, scale, outputSize: inputSize }), inputSize); // (H, W, 3)
    const heatmaps = predictHeatmaps(model, description, input, { flipTest: options.flipTest }); // (1, H/4, W/4, K)
    const peaks = decodeHeatmaps(heatmaps, { size: heatmapSize, keypoints }); // (K, 3): x, y in heatmap pixels, score
    const points = heatmapToImage(peaks, { center, scale, heatmapSize }); // (K, 3): x, y in image pixels, score
    return { box, points, score: personScore(points, { threshold: SCORE_THRESHOLD }) };
  });

  // Files
  const stem = parse(options.image).name;
  const results = people.map(({ box, points, score }) => ({
    image_id: /^\d+$/.test(stem) ? Number(stem) : 0,
    category_id: PERSON,
    keypoints: Array.from(points), // x, y in image pixels, score
    score,
    file_name: basename(options.image),
    box,
    keypoint_names: description.keypointNames,
  }));
  await writeWhole(options.out, `[\n${results.map((result) => JSON.stringify(result)).join(',\n')}\n]\n`);

  const isCoco = description.keypointNames.join() === COCO_SKELETON.keypoints.join();
  const skeleton = { keypoints: description.keypointNames, limbs: isCoco ? COCO_SKELETON.limbs : [] };
  for (const { box, points } of people) {
    if (options.box) drawBox(image, box);
    drawPose(image, points, skeleton, { scoreThreshold: SCORE_THRESHOLD });
  }
  await writePng(options.overlay, image);

  people.forEach(({ points, score }, i) => {
    const found = points.filter((value, index) => index % 3 === 2 && value >= SCORE_THRESHOLD).length;
    console.log(
      `person ${i + 1}: ${found} of ${keypoints} keypoints at or above ${SCORE_THRESHOLD}, score ${score.toFixed(3)}`,
    );
  });
  console.log(`wrote ${options.out} and ${options.overlay}`);
}

/** All or nothing: an earlier file stays as it was until the new one is complete. */
async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, 'w');
    await handle.writeFile(text);
    await handle.sync();
    await handle.close();
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new Error(`${file}: cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

main(parseOptions(process.argv.slice(2))).catch((error: Error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
