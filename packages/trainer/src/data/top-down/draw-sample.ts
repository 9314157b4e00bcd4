import type { PersonInstance } from '@pose/coco-dataset';
import {
  boxToCenterScale,
  cropMatrix,
  drawCutout,
  drawHideAndSeek,
  drawPhotometric,
  hrnetSteps,
  pipeline,
  rectifyBox,
  simpleBaselineSteps,
  startSample,
  transformKeypoints,
  udpCropMatrix,
  type Affine,
  type Box,
  type Photometric,
  type PoseSample,
  type Random,
} from '@pose/pose-augment';
import type { TopDownSettings } from './top-down-settings';

/** Pixels per unit of scale. */
export const PIXEL_STD = 200;

/** Where a sample comes from, and what was drawn for it. */
export interface TopDownSample {
  /** Image pixels, of the mirrored image when `flipped`. */
  center: readonly [number, number];
  /** Width and height of the region, units of 200 pixels. */
  scale: readonly [number, number];
  flipped: boolean;
  /** Image pixels (of the mirrored image when `flipped`) to input pixels. */
  matrix: Affine;
  /** Flat [x, y, v] triplets, input pixels. */
  keypoints: number[];
  /** How the crop's colours change. */
  photometric?: Photometric;
  /** What of the crop is erased, [x, y, width, height] in input pixels. */
  erased: readonly Box[];
}

/**
 * What the loader draws for a person's sample: region, matrix, keypoints, changes of pixels. No pixels are touched.
 *
 * @param person  box and keypoints in image pixels
 * @param random  draws nothing without `settings.augmentation`; the loader's is `createRandom([seed, epoch, place])`
 * @throws AugmentError when the box has no extent, keypoints are not finite, or a setting is out of its range
 */
export function drawTopDownSample(person: PersonInstance, settings: TopDownSettings, random: Random): TopDownSample {
  const { inputSize } = settings;
  const { center, scale, rotation, flipped, keypoints } = augment(person, settings, random);
  const matrix =
    settings.alignment === 'udp'
      ? udpCropMatrix({ center, scale: [scale[0] * PIXEL_STD, scale[1] * PIXEL_STD], rotation, outputSize: inputSize })
      : cropMatrix({ center, scale, rotation, outputSize: inputSize });
  const moved = transformKeypoints(keypoints, matrix);
  return { center, scale, flipped, matrix, keypoints: moved, ...drawPixelChanges(settings, random) };
}

function drawPixelChanges(
  { augmentation, inputSize }: TopDownSettings,
  random: Random,
): Pick<TopDownSample, 'photometric' | 'erased'> {
  const { photometric, cutout, hideAndSeek } = augmentation ?? {};
  const at = (step: string) => random.forStep?.(step) ?? random;
  return {
    photometric: photometric && drawPhotometric(at('photometric'), photometric),
    erased: [
      ...(cutout ? drawCutout(at('cutout'), inputSize, cutout) : []),
      ...(hideAndSeek ? drawHideAndSeek(at('hideAndSeek'), inputSize, hideAndSeek) : []),
    ],
  };
}

/** The person's region before anything is drawn. */
export function startRegion({ box, keypoints, imageSize }: PersonInstance, { inputSize, rectify }: TopDownSettings) {
  const whole = rectify ? rectifyBox(box, keypoints, imageSize, rectify) : box;
  return boxToCenterScale(whole, { aspectRatio: inputSize[0] / inputSize[1] });
}

function augment(person: PersonInstance, settings: TopDownSettings, random: Random): PoseSample {
  const { augmentation, flipPairs, inputSize } = settings;
  const { keypoints, imageSize } = person;
  const start = startSample({ ...startRegion(person, settings), keypoints, imageWidth: imageSize[0] });
  if (!augmentation) return start;
  const { halfBody } = augmentation;
  const options = { ...augmentation, flipPairs };
  const steps = halfBody
    ? hrnetSteps({ ...options, halfBody: { ...halfBody, aspectRatio: inputSize[0] / inputSize[1] } })
    : simpleBaselineSteps(options);
  return pipeline<PoseSample>(steps)(start, random);
}
