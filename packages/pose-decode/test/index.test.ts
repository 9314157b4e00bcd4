import * as decode from '../src';

test('the public exports', () => {
  expect(Object.keys(decode).sort()).toEqual([
    'COCO_GROUPING',
    'DecodeError',
    'OPENPOSE_GROUPING',
    'PAF_TO_POSE',
    'connectPeaks',
    'decodeHeatmaps',
    'decodeSimcc',
    'decodeUdpCombined',
    'findPeaks',
    'flipHeatmaps',
    'groupPeople',
    'heatmapToImage',
    'mergeFlipped',
    'mergeFlippedFields',
    'openPoseToCoco',
    'personScore',
    'refineDark',
    'refineUdp',
  ]);
});
