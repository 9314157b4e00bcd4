import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { hasFixedWeights } from '../layers/fixed-weights';
import { torchDifferences } from '../torch/torch-differences';

export interface LayerSummary {
  layer: string;
  /** Keras class name. */
  type: string;
  /** Without the batch dimension: [height, width, channels]. */
  outputShape: number[];
  /** Weights of the layer, batch-norm statistics included. */
  params: number;
}

export interface ModelSummary {
  name: string;
  layers: LayerSummary[];
  /** All parameters, batch-norm statistics included. */
  params: number;
  /** Parameters that training changes by gradients. */
  trainable: number;
  /** Of `params`, those that the published implementation has and its forward pass never uses; they have no layer here. */
  unused: number;
  /** Multiply-accumulates of all convolutions for one image. */
  macs: number;
}

/** Layers, shapes and totals of a model. */
export function summary(model: tfl.LayersModel): ModelSummary {
  const layers = model.layers.map((layer) => ({
    layer: layer.name,
    type: layer.getClassName(),
    outputShape: (layer.outputShape as number[]).slice(1),
    params: hasFixedWeights(layer) ? 0 : layer.countParams(),
  }));
  const { total, trainable, unused } = countParameters(model);
  return { name: model.name, layers, params: total, trainable, unused, macs: countMultiplyAdds(model) };
}

export interface ParameterCount {
  /** Batch-norm statistics included. */
  total: number;
  /** Those that are neither frozen nor batch-norm statistics. */
  trainable: number;
  /** Counted in the others: parameters that the published implementation has and its forward pass never uses. */
  unused: number;
}

/** Parameters as PyTorch counts them for the published implementation. */
export function countParameters(model: tfl.LayersModel): ParameterCount {
  const layers = model.layers.filter((layer) => !hasFixedWeights(layer));
  const weights = layers.flatMap((layer) => layer.weights);
  const trainableWeights = layers.flatMap((layer) => layer.trainableWeights);
  let unused = 0;
  let unusedStatistics = 0;
  for (const { key, shape } of torchDifferences(model).unusedEntries) {
    const size = tf.util.sizeFromShape(shape);
    unused += size;
    if (/\.running_(mean|var)$/.test(key)) unusedStatistics += size;
  }
  return {
    total: countValues(weights) + unused,
    trainable: countValues(trainableWeights) + unused - unusedStatistics,
    unused,
  };
}

/**
 * Multiply-accumulates of all convolutions, transposed convolutions and linear layers for one image, as the published
 * implementation runs them: a layer that it evaluates twice counts twice. Biases and batch norm do not count.
 */
export function countMultiplyAdds(model: tfl.LayersModel): number {
  const twice = new Set(torchDifferences(model).evaluatedTwice);
  return model.layers.reduce((sum, layer) => sum + multiplyAdds(layer) * (twice.has(layer.name) ? 2 : 1), 0);
}

/** Each kernel value is used once per position: of the output, or of the input where that scatters. */
function multiplyAdds(layer: tfl.layers.Layer): number {
  if (hasFixedWeights(layer)) return 0;
  switch (layer.getClassName()) {
    case 'Conv2D':
    case 'DepthwiseConv2D':
    case 'Dense':
      return countPositions(layer.output) * countValues(layer.weights.slice(0, 1));
    case 'Conv2DTranspose':
      return countPositions(layer.input) * countValues(layer.weights.slice(0, 1));
    default:
      return 0;
  }
}

/** Height times width of a layer's only input or output; 1 for a vector. */
function countPositions(tensor: tfl.SymbolicTensor | tfl.SymbolicTensor[]): number {
  return (tensor as tfl.SymbolicTensor).shape.slice(1, -1).reduce<number>((size, side) => size * (side as number), 1);
}

function countValues(weights: tfl.LayerVariable[]): number {
  return weights.reduce((sum, weight) => sum + tf.util.sizeFromShape(weight.shape as number[]), 0);
}
