import * as augment from '../src';

test('the public exports', () => {
  expect(Object.keys(augment).sort()).toEqual([
    'AugmentError',
    'IMAGENET_MEAN',
    'IMAGENET_STD',
    'augmentSample',
    'boxToCenterScale',
    'createRandom',
    'cropMatrix',
    'flipKeypoints',
    'halfBody',
    'invertAffine',
    'transformKeypoints',
    'transformPoint',
    'warpAffine',
    'warpNormalized',
  ]);
});
