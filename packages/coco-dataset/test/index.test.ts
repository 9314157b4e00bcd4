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
    'boxNms',
    'cleanBox',
    'defineSkeleton',
    'imageInstances',
    'locateCocoSplit',
    'openPoseKeypoints',
    'parseCocoKeypoints',
    'personInstances',
    'rasterizeRegions',
    'readCocoKeypoints',
    'readDetections',
    'readImage',
    'selectDetections',
  ]);
});
