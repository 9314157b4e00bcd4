import { serialization } from '@tensorflow/tfjs-core';
import { AffineSampler } from './affine-sampler';

/**
 * Makes the layer classes of this package that tf.layers does not have (`AffineSampler`) known to
 * `tf.loadLayersModel`. Call it before loading a saved model with a spatial transformer; `createModel` does so itself.
 * All other models load without it.
 */
export function registerLayers(): void {
  serialization.registerClass(AffineSampler);
}
