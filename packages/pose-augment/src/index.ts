export { transformKeypoints, transformPoint, invertAffine } from './affine';
export { AugmentError } from './augment-error';
export { augmentSample, type AugmentedSample, type AugmentOptions, type Sample } from './augment-sample';
export { boxToCenterScale, type CenterScale, type CenterScaleOptions } from './center-scale';
export { cropMatrix, type CropOptions } from './crop-matrix';
export { flipKeypoints } from './flip-keypoints';
export { halfBody, type HalfBodyOptions } from './half-body';
export { IMAGENET_MEAN, IMAGENET_STD } from './imagenet';
export { createRandom, type Random } from './random';
export type { Affine, Box, FlipPairs, Image, Keypoints, Point, Size } from './types';

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
