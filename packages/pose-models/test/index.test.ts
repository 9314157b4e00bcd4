import * as models from '../src';

test('the public exports', () => {
  expect(Object.keys(models).sort()).toEqual([
    'AffineSampler',
    'BatchNorm',
    'ModelError',
    'batchNormTrain',
    'countMultiplyAdds',
    'countParameters',
    'createModel',
    'foldBatchNorm',
    'formatSummary',
    'freeze',
    'fuseLayers',
    'getTorchWeights',
    'listModels',
    'loadTorchWeights',
    'readCheckpoint',
    'registerLayers',
    'saveTorchWeights',
    'setTorchWeights',
    'summary',
    'torchEntries',
    'unfreeze',
    'writeSafetensors',
  ]);
});
