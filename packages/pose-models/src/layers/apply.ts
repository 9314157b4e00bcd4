import * as tfl from '@tensorflow/tfjs-layers';

/** A layer's output for one input. */
export function apply(layer: tfl.layers.Layer, x: tfl.SymbolicTensor): tfl.SymbolicTensor {
  return layer.apply(x) as tfl.SymbolicTensor;
}

/** As `apply`, with weights of zeros: `initializeWeights` draws them from a seed instead of the backend. */
export function applyUnset(layer: tfl.layers.Layer, x: tfl.SymbolicTensor): tfl.SymbolicTensor {
  layer.setFastWeightInitDuringBuild(true);
  return apply(layer, x);
}

/** Zeros around the image, as many on each side: [N, H, W, C] to [N, H + 2 padding, W + 2 padding, C]. */
export function pad(x: tfl.SymbolicTensor, name: string, padding: number): tfl.SymbolicTensor {
  return apply(tfl.layers.zeroPadding2d({ name: `${name}.pad`, padding }), x);
}
