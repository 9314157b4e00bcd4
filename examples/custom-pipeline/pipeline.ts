/**
 * A top-down pose estimator from data to COCO AP, put together by hand: one package per step, no trainer.
 *
 *   npx tsx examples/custom-pipeline/pipeline.ts --images 200 --epochs 10
 *
 * Exchange any step: other targets, another network of `pose-models list`, a loss of your own, another optimizer.
 * @pose/trainer adds what a long run needs: threads, checkpoints, exact resume, a report.
 */
import { parseArgs } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import {
  COCO_SKELETON,
  locateCocoSplit,
  personInstances,
  readCocoKeypoints,
  readImage,
  type PersonInstance,
} from '@pose/coco-dataset';
import { evaluateKeypoints, summaryTable } from '@pose/coco-eval';
import { gaussianHeatmaps } from '@pose/heatmap-targets';
import {
  augmentSample,
  boxToCenterScale,
  createRandom,
  cropMatrix,
  transformKeypoints,
  warpNormalized,
} from '@pose/pose-augment';
import { decodeHeatmaps, heatmapToImage, personScore } from '@pose/pose-decode';
import { jointsMse } from '@pose/pose-losses';
import { createModel } from '@pose/pose-models';
import { makeSyntheticCoco } from '@pose/synthetic-coco';
import { useEngine } from '@pose/tfjs-engine';

const text = (value: string) => ({ type: 'string', default: value }) as const;
const { values } = parseArgs({ options: { images: text('200'), epochs: text('10'), out: text('runs/custom-data') } });
const [images, epochs] = [Number(values.images), Number(values.epochs)];

const [width, height] = [64, 96]; // of the network's input, pixels
const heatmapSize = [width / 4, height / 4] as const;
const { keypoints: names, flipPairs } = COCO_SKELETON;
const K = names.length;

// Engine: TensorFlow on a GPU or CPU where that works, else WebAssembly.
await useEngine();

// Data: people in COCO's format, each with an image file, a box and keypoints in image pixels.
const data = await makeSyntheticCoco({ out: values.out, seed: 1, train: images, val: Math.ceil(images / 10) });
const open = async (split: string) => {
  const { annotationFile, imageFolder } = await locateCocoSplit(data.root, split);
  const coco = await readCocoKeypoints(annotationFile);
  return { coco, people: personInstances(coco, { imageFolder, skeleton: COCO_SKELETON }) };
};
const [train, val] = [await open('train2017'), await open('val2017')];

// Samples: the box in the input's shape, moved at random to train on, cut out of the image; a Gaussian per keypoint.
const augmentation = { scaleFactor: 0.15, rotationFactor: 20, flipPairs };
const regionOf = ({ box }: PersonInstance) => boxToCenterScale(box, { aspectRatio: width / height });
const sampleOf = async (person: PersonInstance, seed?: number[]) => {
  const start = { ...regionOf(person), keypoints: person.keypoints, imageWidth: person.imageSize[0] };
  const { flipped, ...placed } = seed
    ? augmentSample(createRandom(seed), start, augmentation)
    : { ...start, rotation: 0, flipped: false };
  const matrix = cropMatrix({ ...placed, outputSize: [width, height] }); // image pixels to input pixels
  const input = warpNormalized(await readImage(person.imageFile), matrix, [width, height], { flip: flipped });
  const frame = { inputSize: [width, height], heatmapSize, sigma: 1 } as const;
  return { input, ...gaussianHeatmaps(transformKeypoints(placed.keypoints, matrix), frame) };
};

// Network: a slim SimpleBaseline, from images (N, height, width, 3) to heatmaps (N, height / 4, width / 4, K).
const model = createModel('pose_resnet18', { inputSize: [width, height], width: 16, deconvFilters: [32, 32, 32] });
const batchOf = (arrays: Float32Array[], shape: number[]) => tf.stack(arrays.map((array) => tf.tensor(array, shape)));

// Training: an optimizer of TensorFlow.js on the mean loss over the people of a batch.
const optimizer = tf.train.adam(3e-3);
for (let epoch = 0; epoch < epochs; epoch++) {
  const places = Array.from(tf.util.createShuffledIndices(train.people.length));
  let sum = 0;
  while (places.length > 0) {
    const chosen = places.splice(0, 16);
    const samples = await Promise.all(chosen.map((i) => sampleOf(train.people[i], [epoch, i])));
    sum += tf.tidy(() => {
      const batch = (key: 'input' | 'heatmaps' | 'weights', shape: number[]) =>
        batchOf(
          samples.map((sample) => sample[key]),
          shape,
        );
      const input = batch('input', [height, width, 3]);
      const target = batch('heatmaps', [height / 4, width / 4, K]) as tf.Tensor4D;
      const weight = batch('weights', [K]) as tf.Tensor2D;
      const loss = () => jointsMse(model.apply(input, { training: true }) as tf.Tensor4D, target, weight);
      return optimizer.minimize(() => tf.mean(loss()), true)!.dataSync()[0] * samples.length;
    });
  }
  console.log(`epoch ${epoch + 1}: loss ${(sum / train.people.length).toExponential(3)}`);
}

// Decoding: the peak of each heatmap, from there back to image pixels; a score for the person.
const results = [];
for (const person of val.people) {
  const { input } = await sampleOf(person);
  const heatmaps = tf.tidy(() => (model.apply(batchOf([input], [height, width, 3])) as tf.Tensor4D).dataSync());
  const peaks = decodeHeatmaps(heatmaps as Float32Array, { size: heatmapSize, keypoints: K });
  const keypoints = heatmapToImage(peaks, { ...regionOf(person), heatmapSize });
  const { id } = val.coco.categories[0];
  results.push({ image_id: person.imageId, category_id: id, keypoints, score: personScore(keypoints) });
}

// COCO AP, equal to pycocotools.
console.log(summaryTable(evaluateKeypoints(val.coco, results)));
