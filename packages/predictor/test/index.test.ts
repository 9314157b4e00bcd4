import * as predictor from '../src';
import * as node from '../src/node';

test('the public exports', () => {
  expect(Object.keys(predictor).sort()).toEqual([
    'CHECKPOINT_FORMAT',
    'DECODERS',
    'PredictorError',
    'checkBoxes',
    'createPredictor',
    'decodeBottomUp',
    'decodeTopDown',
    'describedModel',
    'heatmapSizeOf',
    'inputSizeOf',
    'inputTensor',
    'predictOutputs',
    'predictTopDown',
    'predictorOptions',
    'suppressDuplicates',
  ]);
  expect(Object.keys(node).sort()).toEqual([
    'loadModel',
    'loadPredictor',
    'readFloats',
    'readStoredModel',
    'storedLayersModel',
  ]);
});
