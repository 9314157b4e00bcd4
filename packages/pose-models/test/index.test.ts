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
    'fuseLayers',
    'getTorchWeights',
    'listModels',
    'registerLayers',
    'setTorchWeights',
    'summary',
    'torchEntries',
  ]);
});
