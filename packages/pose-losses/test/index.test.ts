import * as losses from '../src';

test('the public exports', () => {
  expect(Object.keys(losses).sort()).toEqual([
    'LossError',
    'adaptiveWing',
    'gluonL2',
    'hourglassMse',
    'jointsMse',
    'labelledKeypointWeights',
    'ohkmMse',
    'openPoseLoss',
    'paddleHeatmapLoss',
    'simccKl',
    'smallLossWeights',
    'udpCombined',
    'weightedMean',
  ]);
});
