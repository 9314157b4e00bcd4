import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { consumers, follower, reluAfter, sources, type Consumers, type Layer } from './layer-graph';

/** Layers that a batch normalisation can become part of, and the shape that scales each output of their kernel. */
const PER_OUTPUT: Readonly<Record<string, number[]>> = {
  Conv2D: [1, 1, 1, -1], //          [kh, kw, in, out]
  Conv2DTranspose: [1, 1, -1, 1], // [kh, kw, out, in]
  DepthwiseConv2D: [1, 1, -1, 1], // [kh, kw, channels, 1]
};

/**
 * The same network for inference, with fewer layers: each batch normalisation that follows a convolution (a transposed
 * or depthwise one too) becomes part of its kernel and bias, and the ReLU after it the convolution's activation, which
 * engines compute in one go. For fixed statistics, kernel' = kernel * gamma / sqrt(variance + epsilon) and
 * bias' = beta + (bias - mean) * gamma / sqrt(variance + epsilon).
 *
 * @param model  stays as it is; later changes of its weights do not reach the result
 * @returns a model with weights of its own: same inputs, outputs and output values (up to rounding); dispose it when
 *   it is no longer needed
 * @throws ModelError when a layer is used more than once in the model
 */
export function foldBatchNorm(model: tfl.LayersModel): tfl.LayersModel {
  const next = consumers(model);
  const tensors = new Map<Layer, tfl.SymbolicTensor>();
  const folded: { convolution: Layer; norm: Layer; into: Layer }[] = [];
  for (const layer of model.layers) {
    if (tensors.has(layer)) continue; // folded into one before it
    const inputs = sources(layer).map((source) => tensors.get(source)!);
    if (inputs.length === 0) {
      tensors.set(layer, tfl.input({ name: layer.name, batchShape: layer.outputShape as tfl.Shape }));
      continue;
    }
    const norm = foldableNorm(layer, next);
    const relu = norm || isPlainConvolution(layer) ? reluAfter(norm ?? layer, next) : undefined;
    const copy = norm || relu ? clone(layer, { useBias: true, activation: relu ? 'relu' : 'linear' }) : clone(layer);
    const output = copy.apply(inputs.length === 1 ? inputs[0] : inputs) as tfl.SymbolicTensor;
    if (norm) folded.push({ convolution: layer, norm, into: copy });
    else copy.setWeights(layer.getWeights());
    for (const one of [layer, norm, relu]) if (one) tensors.set(one, output);
  }
  for (const { convolution, norm, into } of folded) setFoldedWeights(convolution, norm, into);
  const outputs = model.outputs.map(({ sourceLayer }) => tensors.get(sourceLayer as Layer)!);
  const inputs = model.inputs.map(({ sourceLayer }) => tensors.get(sourceLayer as Layer)!);
  return tfl.model({ inputs, outputs, name: model.name });
}

/** The batch normalisation that can become part of this layer, if it is a convolution that nothing else follows. */
function foldableNorm(layer: Layer, next: Consumers): Layer | undefined {
  if (!Object.hasOwn(PER_OUTPUT, layer.getClassName())) return undefined;
  if (layer.getConfig()['activation'] !== 'linear') return undefined;
  const norm = follower(layer, 'BatchNormalization', next);
  return norm?.weights.length === 4 ? norm : undefined; // with both scale and offset
}

/** A convolution with a bias and no activation. */
function isPlainConvolution(layer: Layer): boolean {
  const { useBias, activation } = layer.getConfig();
  return Object.hasOwn(PER_OUTPUT, layer.getClassName()) && useBias === true && activation === 'linear';
}

function clone(layer: Layer, changes: tf.serialization.ConfigDict = {}): Layer {
  const type = layer.constructor as tf.serialization.SerializableConstructor<Layer>;
  const copy = type.fromConfig(type, { ...layer.getConfig(), ...changes });
  copy.setFastWeightInitDuringBuild(true);
  return copy;
}

function setFoldedWeights(convolution: Layer, norm: Layer, into: Layer): void {
  const [kernel, bias] = convolution.getWeights();
  const [gamma, beta, mean, variance] = norm.getWeights().map((weight) => weight.dataSync());
  const epsilon = norm.getConfig()['epsilon'] as number;
  const factors = gamma.map((value, c) => value / Math.sqrt(variance[c] + epsilon));
  const biases = bias ? bias.dataSync() : new Float32Array(factors.length);
  tf.tidy(() => {
    const scaled = tf.mul(kernel, tf.reshape(factors, PER_OUTPUT[convolution.getClassName()]));
    into.setWeights([scaled, tf.tensor1d(beta.map((value, c) => value + (biases[c] - mean[c]) * factors[c]))]);
  });
}
