import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { batchNormTrain } from './batch-norm-train';
import { ModelError } from '../model-error';

export interface BatchNormOptions {
  name: string;
  /** Share of the old running value that a training step keeps (Keras' meaning; PyTorch calls 1 - momentum so). */
  momentum?: number;
  /** Added to the variance inside the square root. */
  epsilon?: number;
  /** Whether training leaves scale, offset and running statistics alone and normalises by the latter; `trainable` false. Default false. */
  frozen?: boolean;
}

/**
 * Batch normalisation as PyTorch's BatchNorm2d does it, over the last axis of [N, H, W, C].
 *
 * tf.layers' own layer differs in training: it keeps a running average of the biased variance where PyTorch keeps the
 * unbiased one (times n / (n - 1)), and it is a chain of about 68 elementwise kernels. This one runs `batchNormTrain`.
 * Frozen (`trainable` false), it normalises by the running statistics in training too and leaves them as they are.
 * Class name, config and weights are those of Keras, so that a saved model says BatchNormalization and loads anywhere;
 * the class is not registered, so `tf.loadLayersModel` goes on to give tf.layers' own layer, equal in inference.
 */
export class BatchNorm extends tfl.layers.Layer {
  static readonly className = 'BatchNormalization';

  private readonly momentum: number;
  private readonly epsilon: number;
  private gamma!: tfl.LayerVariable;
  private beta!: tfl.LayerVariable;
  private movingMean!: tfl.LayerVariable;
  private movingVariance!: tfl.LayerVariable;

  /** Defaults are PyTorch's: momentum 0.1 (here 0.9), eps 1e-5. */
  constructor({ name, momentum = 0.9, epsilon = 1e-5, frozen = false }: BatchNormOptions) {
    super({ name, trainable: !frozen });
    this.supportsMasking = true;
    this.momentum = momentum;
    this.epsilon = epsilon;
  }

  override build(inputShape: tfl.Shape): void {
    const channels = inputShape[inputShape.length - 1];
    if (inputShape.length !== 4 || channels === null) {
      throw new ModelError(
        `Expected an input [N, H, W, C] with known C for layer ${this.name}, found [${inputShape.join(', ')}]`,
      );
    }
    this.inputSpec = [new tfl.InputSpec({ ndim: 4, axes: { 3: channels } })];
    const zeros = tfl.initializers.zeros();
    const ones = tfl.initializers.ones();
    this.gamma = this.addWeight('gamma', [channels], 'float32', ones);
    this.beta = this.addWeight('beta', [channels], 'float32', zeros);
    this.movingMean = this.addWeight('moving_mean', [channels], 'float32', zeros, undefined, false);
    this.movingVariance = this.addWeight('moving_variance', [channels], 'float32', ones, undefined, false);
    if (!this.trainable) this.trainable = false; // reaches the weights that there are now
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Record<string, unknown>): tf.Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
    const gamma = this.gamma.read() as tf.Tensor1D;
    const beta = this.beta.read() as tf.Tensor1D;
    return tf.tidy(() => {
      if (kwargs['training'] !== true || !this.trainable) {
        const mean = this.movingMean.read() as tf.Tensor1D;
        const variance = this.movingVariance.read() as tf.Tensor1D;
        return tf.batchNorm4d(x, mean, variance, beta, gamma, this.epsilon);
      }
      const n = x.size / gamma.size;
      if (n < 2) {
        throw new ModelError(
          `Expected more than one value per channel to train layer ${this.name}, found input [${x.shape.join(', ')}]`,
        );
      }
      return batchNormTrain(x, gamma, beta, this.epsilon, (mean, variance) => {
        this.average(this.movingMean, mean, 1);
        this.average(this.movingVariance, variance, n / (n - 1));
      });
    });
  }

  /** running = momentum * running + (1 - momentum) * factor * value */
  private average(running: tfl.LayerVariable, value: tf.Tensor, factor: number): void {
    tf.tidy(() => {
      running.write(tf.add(tf.mul(running.read(), this.momentum), tf.mul(value, (1 - this.momentum) * factor)));
    });
  }

  /** Key for key what tf.layers' BatchNormalization writes. */
  override getConfig(): tf.serialization.ConfigDict {
    const zeros = { className: 'Zeros', config: {} };
    const ones = { className: 'Ones', config: {} };
    return {
      axis: -1,
      momentum: this.momentum,
      epsilon: this.epsilon,
      center: true,
      scale: true,
      betaInitializer: zeros,
      gammaInitializer: ones,
      movingMeanInitializer: zeros,
      movingVarianceInitializer: ones,
      betaRegularizer: null,
      gammaRegularizer: null,
      betaConstraint: null,
      gammaConstraint: null,
      ...super.getConfig(),
    };
  }
}
