import { gaussianHeatmaps } from '@pose/heatmap-targets';
import {
  augmentSample,
  boxToCenterScale,
  createRandom,
  cropMatrix,
  transformKeypoints,
  warpNormalized,
} from '@pose/pose-augment';
import type { SampleMaker } from '../batch-kinds';
import { readSourceImage } from '../source-image';

/** One person per sample: read, augment, crop, encode. */
export const topDownSamples: SampleMaker<'top-down'> = {
  allocate({ inputSize, heatmapSize }, person, count) {
    const keypoints = person.keypoints.length / 3;
    return {
      input: new Float32Array(count * inputSize[0] * inputSize[1] * 3),
      targets: [new Float32Array(count * heatmapSize[0] * heatmapSize[1] * keypoints)],
      weight: new Float32Array(count * keypoints),
      crops: new Float32Array(count * 4),
    };
  },

  async write(settings, person, seed, arrays, place) {
    const { inputSize, heatmapSize, sigma } = settings;
    const keypoints = person.keypoints.length / 3;
    const inputLength = inputSize[0] * inputSize[1] * 3;
    const targetLength = heatmapSize[0] * heatmapSize[1] * keypoints;
    const image = await readSourceImage(person);
    const region = boxToCenterScale(person.box, { aspectRatio: inputSize[0] / inputSize[1] });
    const unchanged = { ...region, rotation: 0, flipped: false, keypoints: person.keypoints };
    const sample = settings.augmentation
      ? augmentSample(
          createRandom(seed),
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
      arrays.input.subarray(place * inputLength, (place + 1) * inputLength),
    );
    gaussianHeatmaps(
      transformKeypoints(sample.keypoints, matrix),
      { inputSize, heatmapSize, sigma },
      {
        heatmaps: arrays.targets[0].subarray(place * targetLength, (place + 1) * targetLength),
        weights: arrays.weight.subarray(place * keypoints, (place + 1) * keypoints),
      },
    );
    arrays.crops.set([...sample.center, ...sample.scale], place * 4);
  },
};
