import { engine } from '@tensorflow/tfjs-core';
import type { GradConfig, Tensor } from '@tensorflow/tfjs-core';

/** Which of the outputs to keep: all but y. Engines that hand more to their gradient add outputs after the variance. */
const SAVED = [false, true, true, true, true, true];

/** The gradient of the kernel `BatchNormTrain` towards x, scale and offset; mean and variance give no gradient of their own. */
export const batchNormTrainGradient: GradConfig = {
  kernelName: 'BatchNormTrain',
  inputsToSave: ['x', 'scale'],
  outputsToSave: SAVED,
  gradFunc: (dys, [x, scale, mean, variance, ...reserved], attributes) => {
    const [dy] = dys as Tensor[];
    const more = Object.fromEntries(reserved.map((tensor, i) => [`reserved${i + 1}`, tensor]));
    const inputs = { dy, x, scale, mean, variance, ...more };
    const [dx, dScale, dOffset] = engine().runKernel<Tensor[]>('BatchNormTrainGrad', inputs, attributes);
    return { x: () => dx, scale: () => dScale, offset: () => dOffset };
  },
};
