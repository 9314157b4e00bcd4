import { cast, engine, getBackend, getKernel, mul, step, zerosLike } from '@tensorflow/tfjs-core';
import type { GradConfig, Tensor } from '@tensorflow/tfjs-core';

/**
 * The gradient of Relu from its output instead of its input: the output is kept anyway, as the input of what comes
 * next, so each ReLU's input can be freed. One kernel `ReluGrad` where the engine has it.
 */
export const reluGradient: GradConfig = {
  kernelName: 'Relu',
  outputsToSave: [true],
  gradFunc: (dy, [y]) => ({ x: () => towardsReluInput(dy as Tensor, y) }),
};

/** The gradient's own gradient: it is linear in dy, and constant in y almost everywhere. */
export const reluGradGradient: GradConfig = {
  kernelName: 'ReluGrad',
  inputsToSave: ['y'],
  gradFunc: (ddx, [y]) => ({ dy: () => towardsReluInput(ddx as Tensor, y), y: () => zerosLike(y) }),
};

/** dy where y, what ReLU gave, is positive; zero elsewhere. */
export function towardsReluInput(dy: Tensor, y: Tensor): Tensor {
  if (getKernel('ReluGrad', getBackend())) return engine().runKernel<Tensor>('ReluGrad', { dy, y });
  return mul(dy, cast(step(y), 'float32'));
}
