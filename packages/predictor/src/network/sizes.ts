import type { Size } from '@pose/pose-augment';
import type { FusedNetwork } from '@pose/pose-models';

/** `[width, height]` of a model's heatmaps, those of its last stage where it has several. */
export function heatmapSizeOf({ outputs }: Pick<FusedNetwork, 'outputs'>): [width: number, height: number] {
  const [, height, width] = outputs[outputs.length - 1].shape;
  return [width as number, height as number];
}

/** `[width, height]` of a model's input, pixels. */
export function inputSizeOf({ inputs }: Pick<FusedNetwork, 'inputs'>): Size {
  const [, height, width] = inputs[0].shape as [null, number, number];
  return [width, height];
}
