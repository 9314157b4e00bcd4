import * as cocoEval from '../src/index';

test('the public exports are these', () => {
  expect(Object.keys(cocoEval).sort()).toEqual([
    'COCO_FLIP_PAIRS',
    'COCO_SIGMAS',
    'CocoEvalError',
    'analyzeKeypointErrors',
    'evaluateKeypoints',
    'heatmapAccuracy',
    'objectKeypointSimilarity',
    'oksNms',
    'pck',
    'perKeypointErrors',
    'precisionRecallCurves',
    'softOksNms',
    'summaryTable',
  ]);
});
