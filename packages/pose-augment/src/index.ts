export { transformKeypoints, transformPoint, invertAffine } from './affine';
export { AugmentError } from './augment-error';
export { augmentSample, type AugmentedSample, type AugmentOptions } from './augment-sample';
export { boxToCenterScale, type CenterScale, type CenterScaleOptions } from './center-scale';
export { hasCenteredKeypoints } from './centered-keypoints';
export { clipBox, type ClipRule } from './clip-box';
export { cropMatrix, type CropOptions } from './crop-matrix';
export type { Draw } from './draw';
export { fitAspectRatio } from './fit-aspect-ratio';
export { flipBox, flipPoint } from './flip-box';
export { flipKeypoints } from './flip-keypoints';
export { flipSample } from './flip-sample';
export { halfBody, type HalfBodyOptions } from './half-body';
export { IMAGENET_MEAN, IMAGENET_STD } from './imagenet';
export { mmposeCropMatrix, type MmposeCropOptions } from './mmpose-crop-matrix';
export { mmposeHalfBody, mmposeRandomHalfBody, type MmposeHalfBodyOptions } from './mmpose-half-body';
export { mmposeRandomRegion, type MmposeRandomRegionOptions } from './mmpose-random-region';
export { pipeline, type Step } from './pipeline';
export { startSample, type PoseSample, type PoseStep, type Sample } from './pose-sample';
export {
  gluonSteps,
  hrnetSteps,
  mmposeSteps,
  simpleBaselineSteps,
  type HrnetOptions,
  type MmposeOptions,
  type SimpleBaselineOptions,
} from './published-steps';
export { createRandom, type Random } from './random';
export { randomFlip, type RandomFlipOptions } from './random-flip';
export { randomHalfBody, type RandomHalfBodyOptions } from './random-half-body';
export { randomRotation } from './random-rotation';
export { randomScale } from './random-scale';
export { recordDraws, type RecordingRandom } from './record-draws';
export { rectifyBox, type RectifyOptions } from './rectify-box';
export { boxToRegion, regionToBox, type Region } from './region';
export { replayDraws, type ReplayingRandom } from './replay-draws';
export { transPoseCropMatrix } from './trans-pose-crop-matrix';
export { truncatedNormal } from './truncated-normal';
export type { Affine, Box, FlipPairs, Image, Keypoints, Point, Size } from './types';
export { udpCropMatrix } from './udp-crop-matrix';

export { cropFootprint } from './crop-footprint';
export { cutRegion, type ImageRegion } from './image-region';
export {
  IMAGENET_PIXELS,
  INCEPTION_PIXELS,
  RTPOSE_PIXELS,
  SSD_PIXELS,
  VGG_PIXELS,
  type Normalization,
} from './normalization';
export { normalizeImage } from './normalize-image';
export { warpAffine } from './warp-affine';
export { warpNormalized, type NormalizeOptions } from './warp-normalized';
export type { WarpOptions } from './warp-options';
export { augmentWholeImage, type WholeImageOptions } from './augment-whole-image';
export { drawCutout, type CutoutOptions } from './cutout';
export { eraseRegions } from './erase-regions';
export { drawHideAndSeek, type HideAndSeekOptions } from './hide-and-seek';
export { fitWholeImage, wholeImageMatrix } from './fit-whole-image';
export { mirrorImage } from './mirror-image';
export { padImage } from './pad-image';
export { applyPhotometric, drawPhotometric, type Photometric, type PhotometricOptions } from './photometric';
export { resizeBicubic } from './resize-bicubic';
export { shrunkMatrix } from './shrunk-matrix';
export {
  cropWholeImage,
  drawCropOrigin,
  drawRescale,
  flipWholeImage,
  padWholeImage,
  rescaleWholeImage,
  startWholeImage,
  type WholeImage,
  type WholePerson,
} from './whole-image';
export { zeroOutside } from './zero-outside';
export { MEAN_COLOR } from './mean-color';
