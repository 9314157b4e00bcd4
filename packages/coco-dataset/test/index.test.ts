import * as cocoDataset from '../src/index';

test('the package exports exactly its public functions and constants', () => {
  expect(Object.keys(cocoDataset).sort()).toEqual([
    'AIC_SKELETON',
    'COCO_SKELETON',
    'COCO_WHOLEBODY_SKELETON',
    'CROWDPOSE_SKELETON',
    'DatasetError',
    'HALPE26_SKELETON',
    'MPII_SKELETON',
    'OPENPOSE_SKELETON',
    'cleanBox',
    'defineSkeleton',
    'locateCocoSplit',
    'openPoseKeypoints',
    'parseCocoKeypoints',
    'personInstances',
    'readCocoKeypoints',
    'readImage',
  ]);
});
