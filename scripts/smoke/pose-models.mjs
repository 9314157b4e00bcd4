import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { countParameters, createModel } from '@pose/pose-models';

const model = createModel('pose_resnet18', { inputSize: [32, 32], seed: 1 });
const { total } = countParameters(model);
if (total !== 15387857) throw new Error(`${total} parameters: expected 15387857`);
const heatmaps = model.apply(tf.zeros([1, 32, 32, 3]));
if (!(heatmaps instanceof tf.Tensor) || heatmaps.shape.join() !== '1,8,8,17') throw new Error('expected [1, 8, 8, 17]');
