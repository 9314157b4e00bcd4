/** ImageNet's mean as an RGB colour: 255 * IMAGENET_MEAN, rounded. */
export const MEAN_COLOR = [124, 116, 104] as const;
