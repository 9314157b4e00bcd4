import * as cocoEval from '../src/index';

test('the public exports are these', () => {
  expect(Object.keys(cocoEval).sort()).toEqual([
    'BoxEvaluator',
    'COCO_SIGMAS',
    'CROWD_POSE_SIGMAS',
    'CocoEvalError',
    'KeypointEvaluator',
    'auc',
    'boxIou',
    'boxNms',
    'boxNmsGroups',
    'crowdIndex',
    'epe',
    'evaluateBoxes',
    'evaluateCrowdPose',
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
