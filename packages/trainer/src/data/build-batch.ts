import { readImage, type Image, type PersonInstance } from '@pose/coco-dataset';
import { gaussianHeatmaps } from '@pose/heatmap-targets';
import {
  augmentSample,
  boxToCenterScale,
  createRandom,
  cropMatrix,
  transformKeypoints,
  warpNormalized,
} from '@pose/pose-augment';
import { TrainerError } from '../trainer-error';
import type { BatchArrays, BatchTask } from './sample-task';

/**
 * Reads, augments, crops and encodes the samples of one batch. The result depends on the task alone, not on who runs it.
 *
 * @throws DatasetError when an image is missing or does not decode; TrainerError when it has another size than annotated
 */
export async function buildBatch({ settings, people, seeds }: BatchTask): Promise<BatchArrays> {
  const { inputSize, heatmapSize, sigma } = settings;
  const keypoints = people[0].keypoints.length / 3;
  const inputLength = inputSize[0] * inputSize[1] * 3;
  const targetLength = heatmapSize[0] * heatmapSize[1] * keypoints;
  const batch: BatchArrays = {
    input: new Float32Array(people.length * inputLength),
    target: new Float32Array(people.length * targetLength),
    weight: new Float32Array(people.length * keypoints),
    crops: new Float32Array(people.length * 4),
  };
  for (const [i, person] of people.entries()) {
    const image = await readImage(person.imageFile);
    requireAnnotatedSize(image, person);
    const region = boxToCenterScale(person.box, { aspectRatio: inputSize[0] / inputSize[1] });
    const unchanged = { ...region, rotation: 0, flipped: false, keypoints: person.keypoints };
    const sample = settings.augmentation
      ? augmentSample(
          createRandom(seeds[i]),
          { ...region, keypoints: person.keypoints, imageWidth: image.width },
          { ...settings.augmentation, flipPairs: settings.flipPairs },
        )
      : unchanged;
    const matrix = cropMatrix({
      center: sample.center,
      scale: sample.scale,
      rotation: sample.rotation,
      outputSize: inputSize,
    });
    warpNormalized(
      image,
      matrix,
      inputSize,
      { flip: sample.flipped },
      batch.input.subarray(i * inputLength, (i + 1) * inputLength),
    );
    gaussianHeatmaps(
      transformKeypoints(sample.keypoints, matrix),
      { inputSize, heatmapSize, sigma },
      {
        heatmaps: batch.target.subarray(i * targetLength, (i + 1) * targetLength),
        weights: batch.weight.subarray(i * keypoints, (i + 1) * keypoints),
      },
    );
    batch.crops.set([...sample.center, ...sample.scale], i * 4);
  }
  return batch;
}

/** An image that was scaled after it was annotated, or swapped, would train the network on wrong places. */
function requireAnnotatedSize({ width, height }: Image, { imageFile, imageSize, imageId }: PersonInstance): void {
  if (width !== imageSize[0] || height !== imageSize[1]) {
    throw new TrainerError(
      `${imageFile}: expected ${imageSize[0]}x${imageSize[1]} pixels (width x height), the size that image ${imageId} is ` +
        `annotated with, found ${width}x${height}. Fetch the image again, or annotations that belong to it.`,
    );
  }
}
