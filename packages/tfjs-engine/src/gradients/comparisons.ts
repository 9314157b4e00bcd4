import { zeros, type GradConfig } from '@tensorflow/tfjs-core';

/**
 * TensorFlow.js gives a gradient (zero, as it must be) to GreaterEqual alone; a mask made with another comparison, such
 * as the one of a grid sampler's points inside of the image, stops the way back with an error.
 */
export const comparisonGradients: readonly GradConfig[] = [
  ...['Greater', 'Less', 'LessEqual', 'Equal', 'NotEqual', 'LogicalAnd', 'LogicalOr'].map((kernelName) => ({
    kernelName,
    inputsToSave: ['a', 'b'],
    gradFunc: zeroGradient(['a', 'b']),
  })),
  { kernelName: 'LogicalNot', inputsToSave: ['x'], gradFunc: zeroGradient(['x']) },
];

function zeroGradient(inputs: string[]): GradConfig['gradFunc'] {
  return (_, saved) => Object.fromEntries(inputs.map((name, i) => [name, () => zeros(saved[i].shape)]));
}
