import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { splitWhereTiled } from '../layers/split-channels';
import { foldBatchNorm } from './fold-batch-norm';
import { fusedConvolution, fusedTransposedConvolution, type ConvolutionWeights } from './fused-convolution';
import { consumers, follower, reluAfter, sources, type Consumers, type Layer } from './layer-graph';

/** A network for inference. */
export type FusedNetwork = Pick<tfl.LayersModel, 'inputs' | 'outputs' | 'weights' | 'predict' | 'apply' | 'dispose'>;

/**
 * The network as fast as this backend predicts with it: batch normalisation folded ({@link foldBatchNorm}), and
 * neighbouring layers run as one op: zero padding and the convolution (a depthwise one too) or maximum after it; a
 * convolution, the sum after it and the sum's ReLU; a transposed convolution, its bias and its ReLU; layers that cut an
 * image into groups of channels. To save or look into a network, take what foldBatchNorm gives: here what is between
 * its layers is not theirs.
 *
 * @param model  stays as it is; later changes of its weights do not reach the result
 * @returns same inputs, outputs and output values (up to rounding); dispose it when it is no longer needed
 * @throws ModelError when a layer is used more than once in the model
 */
export function fuseLayers(model: tfl.LayersModel): FusedNetwork {
  const folded = foldBatchNorm(model);
  const next = consumers(folded);
  const taken = new Set<Layer>(); // sums that a convolution adds
  for (const layer of folded.layers) {
    const className = layer.getClassName();
    if (className === 'Conv2D') fuseConvolution(layer, next, taken);
    if (className === 'DepthwiseConv2D') fuseDepthwiseConvolution(layer, next);
    if (className === 'Conv2DTranspose') fuseTransposedConvolution(layer);
    if (className === 'MaxPooling2D') fuseMaxPooling(layer, next);
    splitWhereTiled(next.get(layer)!, (layer.outputShape as number[])[3]);
  }
  return folded;
}

// The last of such neighbours computes, those before it hand on what they are given.

function fuseConvolution(layer: Layer, next: Consumers, taken: Set<Layer>): void {
  const { strides, padding, activation, ...config } = layer.getConfig();
  if (!isPlain(layer) || (config['dilationRate'] as number[]).some((rate) => rate !== 1)) return;
  const zeros = padding === 'valid' ? zerosBefore(layer, next) : undefined;
  const geometry = { strides: strides as [number, number], pad: zeros?.pixels ?? (padding as 'same' | 'valid') };
  if (zeros) handOn(zeros.layer);

  const sum = activation === 'linear' ? follower(layer, 'Add', next) : undefined;
  if (!sum || taken.has(sum) || !isPlainSum(sum)) {
    compute(layer, ([x]) => fusedConvolution(x, weightsOf(layer), { ...geometry, relu: activation === 'relu' }));
    return;
  }
  taken.add(sum);
  const relu = reluAfter(sum, next);
  const own = sources(sum).indexOf(layer);
  handOn(layer);
  compute(sum, (inputs) =>
    fusedConvolution(inputs[own], weightsOf(layer), { ...geometry, relu: relu !== undefined }, inputs[1 - own]),
  );
  if (relu) handOn(relu);
}

function fuseDepthwiseConvolution(layer: Layer, next: Consumers): void {
  const { strides, padding, activation, depthMultiplier } = layer.getConfig();
  if (!isPlain(layer) || depthMultiplier !== 1) return;
  const zeros = padding === 'valid' ? zerosBefore(layer, next) : undefined;
  if (zeros) handOn(zeros.layer);
  const pad = zeros?.pixels ?? (padding as 'same' | 'valid');
  compute(layer, ([x]) =>
    tf.fused.depthwiseConv2d({
      x,
      ...weightsOf(layer),
      strides: strides as [number, number],
      pad,
      activation: activation as 'linear' | 'relu',
    }),
  );
}

/** Of two tensors of the same shape: with others, TensorFlow.js repeats values. */
function isPlainSum(sum: Layer): boolean {
  const [a, b, ...more] = sources(sum).map(imageShape);
  return more.length === 0 && a !== undefined && String(a) === String(b);
}

/** [height, width, channels] of a layer's output, unless it depends on the input. */
function imageShape(layer: Layer): [number, number, number] | undefined {
  const [, ...sides] = layer.outputShape as tfl.Shape;
  return sides.length === 3 && sides.every((side) => side !== null) ? (sides as [number, number, number]) : undefined;
}

function fuseTransposedConvolution(layer: Layer): void {
  const { strides, padding, activation } = layer.getConfig();
  const shape = imageShape(layer);
  if (!shape || !isPlain(layer)) return;
  const options = {
    strides: strides as [number, number],
    pad: padding as 'same' | 'valid',
    relu: activation === 'relu',
  };
  compute(layer, ([x]) => fusedTransposedConvolution(x, weightsOf(layer), [x.shape[0], ...shape], options));
}

/** A maximum over zeros instead of nothing outside of the image is the same where nothing is negative. */
function fuseMaxPooling(layer: Layer, next: Consumers): void {
  const { poolSize, strides, padding, dataFormat } = layer.getConfig();
  const zeros = padding === 'valid' && dataFormat === 'channelsLast' ? zerosBefore(layer, next) : undefined;
  const size = poolSize as [number, number];
  if (!zeros || zeros.pixels >= Math.min(...size)) return;
  const [before] = sources(zeros.layer);
  if (before.getClassName() !== 'ReLU' && before.getConfig()['activation'] !== 'relu') return;
  handOn(zeros.layer);
  compute(layer, ([x]) => tf.maxPool(x, size, strides as [number, number], zeros.pixels));
}

/** With a bias, channels last, and an activation that can be fused. */
function isPlain(layer: Layer): boolean {
  const { useBias, dataFormat, activation } = layer.getConfig();
  return useBias === true && dataFormat === 'channelsLast' && ['linear', 'relu'].includes(activation as string);
}

/** The zero padding before a layer, if nothing else takes it and it is the same on all sides. */
function zerosBefore(layer: Layer, next: Consumers): { layer: Layer; pixels: number } | undefined {
  const [before] = sources(layer);
  if (before.getClassName() !== 'ZeroPadding2D' || follower(before, layer.getClassName(), next) !== layer) {
    return undefined;
  }
  const sides = (before.getConfig()['padding'] as number[][]).flat();
  return sides.every((side) => side === sides[0]) ? { layer: before, pixels: sides[0] } : undefined;
}

function weightsOf(layer: Layer): ConvolutionWeights {
  const [filter, bias] = layer.weights.map((weight) => weight.read());
  return { filter: filter as tf.Tensor4D, bias: bias as tf.Tensor1D };
}

function compute(layer: Layer, run: (inputs: tf.Tensor4D[]) => tf.Tensor): void {
  layer.call = (inputs) => tf.tidy(() => run((Array.isArray(inputs) ? inputs : [inputs]) as tf.Tensor4D[]));
}

function handOn(layer: Layer): void {
  layer.call = (inputs) => (Array.isArray(inputs) ? inputs[0] : inputs);
}
