import * as cocoEval from '../src/index';

test('the public exports are these', () => {
  expect(Object.keys(cocoEval).sort()).toEqual([
    'COCO_SIGMAS',
    'CocoEvalError',
    'auc',
    'boxIou',
    'boxNms',
    'boxNmsGroups',
    'crowdIndex',
    'epe',
    'evaluateKeypoints',
    'heatmapAccuracy',
    'nearbyJointsNms',
    'nme',
    'objectKeypointSimilarity',
    'oksNms',
    'pck',
    'pcp',
    'perKeypointErrors',
    'personScore',
    'softBoxNms',
    'softOksNms',
    'summaryTable',
  ]);
});
