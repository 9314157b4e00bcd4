import * as cocoEval from '../src/index';

test('the public exports are these', () => {
  expect(Object.keys(cocoEval).sort()).toEqual([
    'COCO_SIGMAS',
    'CocoEvalError',
    'boxIou',
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
