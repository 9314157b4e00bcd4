import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

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
  /** Multiply-accumulates of all convolutions for one image. */
  macs: number;
}

/** Layers, shapes and totals of a model. */
export function summary(model: tfl.LayersModel): ModelSummary {
  const layers = model.layers.map((layer) => ({
    layer: layer.name,
    type: layer.getClassName(),
    outputShape: (layer.outputShape as number[]).slice(1),
    params: layer.countParams(),
  }));
  const { total, trainable } = countParameters(model);
  return { name: model.name, layers, params: total, trainable, macs: countMultiplyAdds(model) };
}

/** `total` counts batch-norm statistics, `trainable` does not. */
export function countParameters(model: tfl.LayersModel): { total: number; trainable: number } {
  return { total: countValues(model.weights), trainable: countValues(model.trainableWeights) };
}

/** Multiply-accumulates of all convolutions and transposed convolutions for one image; biases and batch norm do not count. */
export function countMultiplyAdds(model: tfl.LayersModel): number {
  let macs = 0;
  for (const layer of model.layers) {
    // Each kernel value is used once per position: of the output, or of the input where that scatters.
    const type = layer.getClassName();
    if (type === 'Conv2D') macs += countPositions(layer.output) * countValues(layer.weights.slice(0, 1));
    if (type === 'Conv2DTranspose') macs += countPositions(layer.input) * countValues(layer.weights.slice(0, 1));
  }
  return macs;
}

/** Height times width of a layer's only input or output. */
function countPositions(tensor: tfl.SymbolicTensor | tfl.SymbolicTensor[]): number {
  const [, height, width] = (tensor as tfl.SymbolicTensor).shape as number[];
  return height * width;
}

function countValues(weights: tfl.LayerVariable[]): number {
  return weights.reduce((sum, weight) => sum + tf.util.sizeFromShape(weight.shape as number[]), 0);
}
