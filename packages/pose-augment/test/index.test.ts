import * as augment from '../src';

test('the public exports', () => {
  expect(Object.keys(augment).sort()).toEqual([
    'AugmentError',
    'IMAGENET_MEAN',
    'IMAGENET_PIXELS',
    'IMAGENET_STD',
    'INCEPTION_PIXELS',
    'RTPOSE_PIXELS',
    'SSD_PIXELS',
    'VGG_PIXELS',
    'augmentSample',
    'boxToCenterScale',
    'createRandom',
    'cropFootprint',
    'cropMatrix',
    'cutRegion',
    'flipKeypoints',
    'halfBody',
    'invertAffine',
    'normalizeImage',
    'transformKeypoints',
    'transformPoint',
    'warpAffine',
    'warpNormalized',
  ]);
});
