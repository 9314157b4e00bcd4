import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { jointsMse, smallLossWeights, weightedMean } from '@pose/pose-losses';

// (N, H, W, K) = (2, 4, 3, 2); the first sample's second keypoint is not labelled
const weight = tf.tensor2d([[1, 0], [1, 1]]); // prettier-ignore
const perSample = jointsMse(tf.ones([2, 4, 3, 2]), tf.zeros([2, 4, 3, 2]), weight);
const [first, second] = perSample.dataSync();
if (first !== 0.25 || second !== 0.5) throw new Error(`losses ${first}, ${second}: expected 0.25, 0.5`);
const mean = weightedMean(perSample, smallLossWeights(perSample, 0.5)).dataSync()[0];
if (mean !== 0.25) throw new Error(`mean of the small losses ${mean}: expected 0.25`);
