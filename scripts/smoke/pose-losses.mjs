import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { jointsMse } from '@pose/pose-losses';

// (N, H, W, K) = (1, 4, 3, 2); the second keypoint is not labelled
const loss = jointsMse(tf.ones([1, 4, 3, 2]), tf.zeros([1, 4, 3, 2]), tf.tensor2d([[1, 0]])).dataSync()[0];
if (loss !== 0.25) throw new Error(`loss ${loss}: expected 0.25`);
