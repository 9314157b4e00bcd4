import * as decode from '../src';

test('the public exports', () => {
  expect(Object.keys(decode).sort()).toEqual([
    'COCO_GROUPING',
    'DecodeError',
    'OPENPOSE_GROUPING',
    'PAF_TO_POSE',
    'connectPeaks',
    'decodeDark',
    'decodeHeatmaps',
    'decodeMegvii',
    'decodeSimcc',
    'decodeSoftArgMax',
    'decodeUdp',
    'decodeUdpCombined',
    'findPeaks',
    'flipHeatmaps',
    'flipSimcc',
    'flipUdpCombined',
    'groupPeople',
    'heatmapToBox',
    'heatmapToImage',
    'mergeFlipped',
    'mergeFlippedFields',
    'mergeFlippedSimcc',
    'mergeFlippedUdpCombined',
    'openPoseToCoco',
    'personScore',
    'simccVisibility',
  ]);
});
