import {
  applyPhotometric,
  createRandom,
  cropFootprint,
  eraseRegions,
  IMAGENET_PIXELS,
  normalizeImage,
  warpAffine,
  warpNormalized,
  type ImageRegion,
  type WarpOptions,
} from '@pose/pose-augment';
import type { SampleMaker } from '../batch-kinds';
import type { Size } from '../size';
import { drawTopDownSample, type TopDownSample } from './draw-sample';
import { encodeTargets, targetLengths } from './target-encoding';

/** One person per sample: draw, read, crop, encode. */
export const topDownSamples: SampleMaker<'top-down'> = {
  allocate(settings, person, count) {
    const { inputSize, encoding } = settings;
    const keypoints = person.keypoints.length / 3;
    return {
      input: new Float32Array(count * inputSize[0] * inputSize[1] * 3),
      targets: targetLengths(encoding, settings, keypoints).map((length) => new Float32Array(count * length)),
      weight: new Float32Array(count * keypoints),
      crops: new Float32Array(count * 4),
    };
  },

  async write(settings, person, seed, into, workspace) {
    const { inputSize, interpolation, encoding, cropCache } = settings;
    const sample = drawTopDownSample(person, settings, createRandom(seed));
    const warp = { flip: sample.flipped, interpolation };
    const footprint = cropFootprint(sample.matrix, inputSize, person.imageSize, warp);
    const cached = cropCache ? workspace.readCrop(cropCache, person.annotationId, footprint) : undefined;
    const pixels = cached ?? (await workspace.readImage(person, footprint));

    renderCrop(pixels, sample, inputSize, warp, into.input);
    encodeTargets(encoding, settings, sample.keypoints, into.targets, into.weight);
    into.crops.set([...sample.center, ...sample.scale]);
  },
};

/** The image is resampled once, also where the crop's pixels change before they are normalised. */
function renderCrop(
  pixels: ImageRegion,
  { matrix, photometric, erased }: TopDownSample,
  inputSize: Size,
  warp: WarpOptions,
  into: Float32Array,
): void {
  if (!photometric && erased.length === 0) {
    warpNormalized(pixels, matrix, inputSize, warp, into);
    return;
  }
  const crop = warpAffine(pixels, matrix, inputSize, warp);
  if (photometric) applyPhotometric(crop, photometric);
  eraseRegions(crop, erased);
  normalizeImage(crop, IMAGENET_PIXELS, into);
}
