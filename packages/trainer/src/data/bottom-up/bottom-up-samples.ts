import { rasterizeRegions, type ImageInstance } from '@pose/coco-dataset';
import { confidenceMaps, ignoreMask, partAffinityFields } from '@pose/heatmap-targets';
import {
  createRandom,
  IMAGENET_PIXELS,
  invertAffine,
  normalizeImage,
  zeroOutside,
  type Affine,
} from '@pose/pose-augment';
import type { SampleMaker } from '../batch-kinds';
import type { BottomUpSettings } from './bottom-up-settings';
import { drawBottomUpSample } from './draw-sample';

/** One image with all of its people per sample: read, draw, normalise, encode. */
export const bottomUpSamples: SampleMaker<'bottom-up'> = {
  allocate(settings, _image, count) {
    const { edge, heatmapSize, keypointCount, limbs } = settings;
    const cells = heatmapSize[0] * heatmapSize[1];
    return {
      input: new Float32Array(count * edge * edge * 3),
      heatmaps: new Float32Array(count * cells * (keypointCount + 1)),
      fields: new Float32Array(count * cells * 2 * limbs.length),
      mask: new Float32Array(count * cells),
      matrices: new Float32Array(count * 6),
    };
  },

  async write(settings, item, seed, into, workspace) {
    const { edge, heatmapSize, keypointCount, limbs, limbWidth, sigma, overlap, normalization } = settings;
    const inputSize = [edge, edge] as const;
    const pixels = await workspace.readImage(item);
    const sample = drawBottomUpSample(pixels, item, settings, createRandom(seed));

    normalizeImage(sample.image, normalization ?? IMAGENET_PIXELS, into.input);
    zeroOutside(into.input, inputSize, sample.validArea);
    const frame = { inputSize, heatmapSize };
    confidenceMaps(sample.people, { ...frame, keypointCount, sigma, rule: overlap }, into.heatmaps);
    partAffinityFields(sample.people, { ...frame, limbs, limbWidth }, into.fields);
    writeMask(item, settings, sample.matrix, into.mask);
    into.matrices.set(sample.matrix);
  },
};

function writeMask(
  { ignore, imageSize }: ImageInstance,
  { edge, heatmapSize, outside = 'counted' }: BottomUpSettings,
  matrix: Affine,
  into: Float32Array,
): void {
  if (ignore.length === 0 && outside === 'counted') {
    into.fill(1);
    return;
  }
  const mask = rasterizeRegions(ignore, imageSize);
  ignoreMask(mask, { imageSize, heatmapSize, matrix: heatmapToImage(matrix, edge, heatmapSize), outside }, into);
}

/** Heatmap cells stand at the middle of the input pixels that they cover. */
function heatmapToImage(matrix: Affine, edge: number, [width, height]: readonly [number, number]): Affine {
  const [a, b, c, d, e, f] = invertAffine(matrix);
  const [sx, sy] = [edge / width, edge / height];
  const [x, y] = [sx / 2 - 0.5, sy / 2 - 0.5];
  return [a * sx, b * sy, a * x + b * y + c, d * sx, e * sy, d * x + e * y + f];
}
