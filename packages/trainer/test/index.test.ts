import * as trainer from '../src';

test('exports exactly the public API', () => {
  expect(Object.keys(trainer).sort()).toEqual([
    'Adam',
    'BatchLoader',
    'ProgressReporter',
    'RunFolder',
    'SIMPLE_BASELINE_AUGMENTATION',
    'TrainerError',
    'drawBottomUpSample',
    'drawTopDownSample',
    'evaluate',
    'heatmapSizeOf',
    'loadCheckpoint',
    'loadCheckpointModel',
    'openBottomUpData',
    'openTopDownData',
    'predictHeatmaps',
    'prepareCropCache',
    'requireSameModel',
    'restoreWeights',
    'saveCheckpoint',
    'stepLearningRate',
    'train',
    'trainStep',
  ]);
});
