import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { ModelError } from '../model-error';
import { invertAffine, sampleAffine } from './sample-affine';

export interface AffineSamplerOptions {
  name?: string;
  /** Whether to sample under the inverse of the given transformation. Default false. */
  inverse?: boolean;
}

/**
 * The grid generator and sampler of a spatial transformer as a layer of two inputs, images [N, H, W, C] and
 * transformations [N, 6], to images [N, H, W, C]: see {@link sampleAffine}.
 *
 * tf.layers has no such layer. `registerLayers` makes it known, so that `tf.loadLayersModel` loads a model with it.
 */
export class AffineSampler extends tfl.layers.Layer {
  static readonly className = 'AffineSampler';

  private readonly inverse: boolean;

  constructor({ name, inverse = false }: AffineSamplerOptions = {}) {
    super({ name });
    this.inverse = inverse;
  }

  override computeOutputShape(inputShapes: tfl.Shape | tfl.Shape[]): tfl.Shape {
    const [images, theta] = inputShapes as [tfl.Shape, tfl.Shape];
    if (images?.length !== 4 || theta?.length !== 2 || theta[1] !== 6) {
      throw new ModelError(
        `Expected inputs [N, H, W, C] and [N, 6] for layer ${this.name}, found ${JSON.stringify(inputShapes)}`,
      );
    }
    return images;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [images, theta] = inputs as [tf.Tensor4D, tf.Tensor2D];
    return tf.tidy(() => sampleAffine(images, this.inverse ? invertAffine(theta) : theta));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { inverse: this.inverse, ...super.getConfig() };
  }
}
