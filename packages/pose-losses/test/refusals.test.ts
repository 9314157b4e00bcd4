import * as tf from '@tensorflow/tfjs-core';
import { LossError } from '../src';
import { testEngine } from './engine';
import { everyLoss } from './every-loss';

beforeAll(testEngine);

interface Shapes {
  predictions: number[][];
  targets: number[][];
  weight?: number[];
  options?: object;
}

const maps = [2, 4, 3, 5];
const plain: Shapes = { predictions: [maps], targets: [maps], weight: [2, 5] };
const stages: Shapes = { predictions: [[2, 4, 3, 4], maps], targets: [[2, 4, 3, 4], maps], weight: [2, 4, 3] };
const simcc: Shapes = { predictions: [[2, 5, 8], [2, 5, 6]], targets: [[2, 5, 8], [2, 5, 6]], weight: [2, 5] }; // prettier-ignore

const ofHeatmaps = ['jointsMse', 'gluonL2', 'ohkmMse', 'paddleHeatmapLoss', 'adaptiveWing'];

const cases: [string, Shapes, string][] = [
  ...ofHeatmaps.flatMap((loss): [string, Shapes, string][] => [
    [loss, { ...plain, predictions: [[4, 3, 5]] }, 'Expected prediction [N, H, W, K], not empty, found [4, 3, 5]'],
    [loss, { ...plain, predictions: [[0, 4, 3, 5]] }, 'Expected prediction [N, H, W, K], not empty, found [0, 4, 3, 5]'],
    [loss, { ...plain, targets: [[2, 4, 3, 6]] }, 'Expected target [2, 4, 3, 5] like prediction, found [2, 4, 3, 6]'],
    [loss, { ...plain, weight: [2, 1, 1, 5] }, 'Expected weight [2, 5] for prediction [2, 4, 3, 5], found [2, 1, 1, 5]'],
  ]),
  ['paddleHeatmapLoss', { ...plain, options: { lossScale: 0 } }, 'Expected a number above 0 for lossScale, found 0'],
  ['adaptiveWing', { ...plain, options: { theta: NaN } }, 'Expected a number above 0 for theta, found NaN'],
  ['ohkmMse', plain, 'Expected a whole number from 1 to 5, the keypoints, for topk, found 8'],
  ['ohkmMse', { ...plain, options: { topk: 1.5 } }, 'Expected a whole number from 1 to 5, the keypoints, for topk, found 1.5'],
  ['hourglassMse', { ...plain, predictions: [] }, 'Expected the output of one stack or more, found none'],
  ['hourglassMse', { ...plain, predictions: [maps, [2, 4, 3]] }, 'Expected outputs[1] [N, H, W, K], not empty, found [2, 4, 3]'],
  ['hourglassMse', { ...plain, predictions: [maps, [2, 4, 3, 6]] }, 'Expected target [2, 4, 3, 6] like outputs[1], found [2, 4, 3, 5]'],
  ['hourglassMse', { ...plain, weight: [5] }, 'Expected weight [2, 5] for prediction [2, 4, 3, 5], found [5]'],
  ['openPoseLoss', { ...stages, predictions: [maps] }, 'Expected two outputs of each stage, fields and heatmaps, found 1 outputs'],
  ['openPoseLoss', { ...stages, predictions: [] }, 'Expected two outputs of each stage, fields and heatmaps, found 0 outputs'],
  ['openPoseLoss', { ...stages, predictions: [maps, [2, 4, 3, 4]] }, 'Expected targets.fields [2, 4, 3, 5] like outputs[0], found [2, 4, 3, 4]'],
  ['openPoseLoss', { ...stages, predictions: [[2, 4, 3, 4], [2, 4, 4, 5]], targets: [[2, 4, 3, 4], [2, 4, 4, 5]] }, 'Expected targets.heatmaps [2, 4, 3, 5] like targets.fields up to the channels, found [2, 4, 4, 5]'],
  ['openPoseLoss', { ...stages, weight: [2, 4, 3, 1] }, 'Expected targets.mask [2, 4, 3] for targets.fields [2, 4, 3, 4], found [2, 4, 3, 1]'],
  ['udpCombined', plain, 'Expected prediction [N, H, W, 3K], three maps per keypoint, found [2, 4, 3, 5]'],
  ['udpCombined', { predictions: [[2, 4, 3, 6]], targets: [[2, 4, 3, 6]], weight: [2, 6] }, 'Expected weight [2, 2] for prediction [2, 4, 3, 6] of three maps per keypoint, found [2, 6]'],
  ['simccKl', { ...simcc, predictions: [[5, 8], [5, 6]] }, 'Expected prediction.x [N, K, bins] and prediction.y, not empty, found [5, 8]'],
  ['simccKl', { ...simcc, predictions: [[2, 5, 8], [2, 4, 6]] }, 'Expected prediction.y [2, 5, 6] for prediction.x [2, 5, 8], found [2, 4, 6]'],
  ['simccKl', { ...simcc, targets: [[2, 5, 6], [2, 5, 6]] }, 'Expected target.x [2, 5, 8] like prediction.x, found [2, 5, 6]'],
  ['simccKl', { ...simcc, targets: [[2, 5, 8], [2, 5, 8]] }, 'Expected target.y [2, 5, 6] like prediction.y, found [2, 5, 8]'],
  ['simccKl', { ...simcc, weight: [2, 5, 1] }, 'Expected weight [2, 5] for prediction.x [2, 5, 8], found [2, 5, 1]'],
]; // prettier-ignore

test.each(cases)('%s(%j): a LossError', (loss, { predictions, targets, weight, options }, message) => {
  const zeros = (shape: number[]) => tf.zeros(shape);
  const inputs = {
    predictions: predictions.map(zeros),
    targets: targets.map(zeros),
    weight: weight && zeros(weight),
    options,
  };
  expect(() => everyLoss[loss](inputs)).toThrow(new LossError(message));
});
