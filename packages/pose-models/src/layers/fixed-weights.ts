import type * as tfl from '@tensorflow/tfjs-layers';

/** Ends the name of a layer whose weights are constants of the architecture. */
export const FIXED = '.fixed';

/** Whether a layer's weights are constants: not parameters, never trained, not in PyTorch's state_dict. */
export function hasFixedWeights(layer: tfl.layers.Layer): boolean {
  return layer.name.endsWith(FIXED);
}
