import * as cocoDataset from '../src/index';

test('the package exports exactly its public functions and constants', () => {
  expect(Object.keys(cocoDataset).sort()).toEqual([
    'COCO_SKELETON',
    'DatasetError',
    'cleanBox',
    'locateCocoSplit',
    'parseCocoKeypoints',
    'personInstances',
    'readCocoKeypoints',
    'readImage',
    'validateCocoKeypoints',
    'walkJsonFile',
  ]);
});
