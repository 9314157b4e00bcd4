import * as models from '../src';

test('the public exports', () => {
  expect(Object.keys(models).sort()).toEqual([
    'BatchNorm',
    'ModelError',
    'batchNormTrain',
    'countMultiplyAdds',
    'countParameters',
    'createModel',
    'foldBatchNorm',
    'formatSummary',
    'fuseLayers',
    'getTorchWeights',
    'listModels',
    'readCheckpoint',
    'setTorchWeights',
    'summary',
    'torchEntries',
    'writeSafetensors',
  ]);
});
