import * as cocoEval from '../src/index';

test('the public exports are these', () => {
  expect(Object.keys(cocoEval).sort()).toEqual([
    'BoxEvaluator',
    'COCO_SIGMAS',
    'CocoEvalError',
    'KeypointEvaluator',
    'evaluateBoxes',
    'evaluateKeypoints',
    'heatmapAccuracy',
    'objectKeypointSimilarity',
    'oksNms',
    'pck',
    'perKeypointErrors',
    'softOksNms',
    'summaryTable',
  ]);
});
