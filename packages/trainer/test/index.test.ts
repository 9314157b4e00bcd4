import * as trainer from '../src';

test('exports exactly the public API', () => {
  expect(Object.keys(trainer).sort()).toEqual([
    'Adam',
    'BatchLoader',
    'ProgressReporter',
    'RunFolder',
    'SIMPLE_BASELINE_AUGMENTATION',
    'TrainerError',
    'evaluate',
    'heatmapSizeOf',
    'loadCheckpoint',
    'loadCheckpointModel',
    'openTopDownData',
    'predictHeatmaps',
    'requireSameModel',
    'restoreWeights',
    'saveCheckpoint',
    'stepLearningRate',
    'train',
    'trainStep',
  ]);
});
