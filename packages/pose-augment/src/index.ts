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
