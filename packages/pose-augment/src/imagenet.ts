/** Mean of ImageNet's red, green and blue, of values scaled to 0..1 (torchvision.models, weights' transforms). */
export const IMAGENET_MEAN = [0.485, 0.456, 0.406] as const;

/** Standard deviation of ImageNet's red, green and blue, of values scaled to 0..1 (torchvision.models). */
export const IMAGENET_STD = [0.229, 0.224, 0.225] as const;
