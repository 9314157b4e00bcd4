import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

/** What a constant network gives for every image. */
export interface ConstantOutput {
  values: Float32Array;
  /** Without the batch. */
  shape: readonly number[];
}

/** A network that gives the same outputs for every image. */
export function constantNetwork(
  inputSize: readonly [number, number],
  outputs: readonly ConstantOutput[],
): tfl.LayersModel {
  const input = tfl.input({ shape: [inputSize[1], inputSize[0], 3] });
  const mean = tfl.layers.globalAveragePooling2d({}).apply(input);
  const layers = outputs.map(({ values }) => tfl.layers.dense({ units: values.length, kernelInitializer: 'zeros' }));
  const made = outputs.map(({ shape }, i) =>
    tfl.layers.reshape({ targetShape: [...shape] }).apply(layers[i].apply(mean)),
  ) as tfl.SymbolicTensor[];
  const model = tfl.model({ inputs: input, outputs: made });
  outputs.forEach(({ values }, i) => {
    const [kernel] = layers[i].getWeights();
    tf.tidy(() => layers[i].setWeights([kernel, tf.tensor1d(values)]));
  });
  return model;
}

/**
 * A network that sees colours: three heatmaps, at a quarter of the input, of how red, green and blue the image is there,
 * 1 for a pure colour. It takes pixels as v / 255.
 */
export function colourNetwork([width, height]: readonly [number, number]): tfl.LayersModel {
  const input = tfl.input({ shape: [height, width, 3] });
  const own = tfl.layers.conv2d({ filters: 3, kernelSize: 1, useBias: false });
  const pure = own.apply(input) as tfl.SymbolicTensor;
  const small = tfl.layers.averagePooling2d({ poolSize: 4, strides: 4 }).apply(pure) as tfl.SymbolicTensor;
  const model = tfl.model({ inputs: input, outputs: small });
  // One colour minus the two others, so that grey is 0 or less.
  tf.tidy(() => own.setWeights([tf.tensor4d([1, -1, -1, -1, 1, -1, -1, -1, 1], [1, 1, 3, 3])]));
  return model;
}

/** Pixels as `colourNetwork` wants them. */
export const SHARES = { divisor: 255, mean: [0, 0, 0], std: [1, 1, 1] } as const;
