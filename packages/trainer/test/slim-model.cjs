const tfl = require('@tensorflow/tfjs-layers');
const { BatchNorm } = require('@pose/pose-models');

/** A real, small network for tests: two strided and `depth` plain 3x3 convolutions with batch norm, heatmaps at a quarter of the input. */
exports.slimModel = ({ inputSize = [64, 64], keypoints = 17, width = 8, depth = 1, seed = 1 } = {}) => {
  const input = tfl.input({ shape: [inputSize[1], inputSize[0], 3] });
  let x = input;
  for (let i = 0; i < 2 + depth; i++) {
    const kernelInitializer = tfl.initializers.heNormal({ seed: seed + i });
    const options = {
      name: `conv${i}`,
      filters: width,
      kernelSize: 3,
      padding: 'same',
      useBias: false,
      kernelInitializer,
    };
    x = tfl.layers.conv2d({ ...options, strides: i < 2 ? 2 : 1 }).apply(x);
    x = new BatchNorm({ name: `bn${i}` }).apply(x);
    x = tfl.layers.reLU({ name: `relu${i}` }).apply(x);
  }
  const kernelInitializer = tfl.initializers.randomNormal({ stddev: 0.01, seed });
  const head = tfl.layers.conv2d({ name: 'head', filters: keypoints, kernelSize: 1, kernelInitializer });
  return tfl.model({ inputs: input, outputs: head.apply(x) });
};
