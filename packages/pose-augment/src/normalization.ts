import { checkFinite, checkPositive } from './argument-checks';
import { IMAGENET_MEAN, IMAGENET_STD } from './imagenet';

type Channels = readonly [number, number, number];

/**
 * How a network wants its pixels: channel c of the input is (v / divisor - mean[c]) / std[c], where v is the grey level
 * of channel c, or of channel 2 - c with `reverseChannels`.
 */
export interface Normalization {
  /** default 255 */
  divisor?: number;
  /** per channel of the result, of values divided by `divisor`; default IMAGENET_MEAN */
  mean?: Channels;
  /** per channel of the result, of values divided by `divisor`; default IMAGENET_STD */
  std?: Channels;
  /** the result's channels are blue, green, red for an RGB image; default false */
  reverseChannels?: boolean;
}

// The five below: pytorch_Realtime_Multi-Person_Pose_Estimation lib/datasets/preprocessing.py. Its images are BGR, as OpenCV
// reads them; two of the five reverse the channels, so that the network sees RGB.

/** v / 256 - 0.5 (`rtpose_preprocess`; OpenPose's Caffe models). */
export const RTPOSE_PIXELS: Required<Normalization> = {
  divisor: 256,
  mean: [0.5, 0.5, 0.5],
  std: [1, 1, 1],
  reverseChannels: false,
};

/** ImageNet's mean and deviation after BGR became RGB (`vgg_preprocess`); for an RGB image take IMAGENET_PIXELS. */
export const VGG_PIXELS: Required<Normalization> = {
  divisor: 255,
  mean: IMAGENET_MEAN,
  std: IMAGENET_STD,
  reverseChannels: true,
};

/** v / 128 - 1 after BGR became RGB (`inception_preprocess`); for an RGB image set `reverseChannels: false`. */
export const INCEPTION_PIXELS: Required<Normalization> = {
  divisor: 128,
  mean: [1, 1, 1],
  std: [1, 1, 1],
  reverseChannels: true,
};

/** v minus a mean in grey levels, which fits RGB, in the image's own order of channels (`ssd_preprocess`). */
export const SSD_PIXELS: Required<Normalization> = {
  divisor: 1,
  mean: [123, 117, 104],
  std: [1, 1, 1],
  reverseChannels: false,
};

/** ImageNet's mean and deviation (torchvision; the default everywhere in this package). */
export const IMAGENET_PIXELS: Required<Normalization> = {
  divisor: 255,
  mean: IMAGENET_MEAN,
  std: IMAGENET_STD,
  reverseChannels: false,
};

/**
 * The normalised values of the 256 grey levels of each channel of the image, one channel after the other.
 *
 * @throws AugmentError when the divisor or a deviation is not positive, or a mean not finite
 */
export function normalizedLevels(normalization: Normalization): Float32Array {
  const { divisor = 255, mean = IMAGENET_MEAN, std = IMAGENET_STD, reverseChannels = false } = normalization;
  checkPositive('divisor', divisor);
  checkFinite('mean', mean, 3);
  checkFinite('std', std, 3);
  const levels = new Float32Array(3 * 256);
  for (let channel = 0; channel < 3; channel++) {
    const c = reverseChannels ? 2 - channel : channel;
    checkPositive(`std[${c}]`, std[c]);
    for (let v = 0; v < 256; v++) levels[channel * 256 + v] = (v / divisor - mean[c]) / std[c];
  }
  return levels;
}
