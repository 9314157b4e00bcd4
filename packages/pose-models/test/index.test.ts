import * as models from '../src';

test('the public exports', () => {
  expect(Object.keys(models).sort()).toEqual([
    'BatchNorm',
    'ModelError',
    'batchNormTrain',
    'countMultiplyAdds',
    'countParameters',
    'createModel',
    'formatSummary',
    'getTorchWeights',
    'listModels',
    'setTorchWeights',
    'summary',
    'torchEntries',
  ]);
});
