import * as decode from '../src';

test('the public exports', () => {
  expect(Object.keys(decode).sort()).toEqual([
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
    'mergeFlippedSimcc',
    'mergeFlippedUdpCombined',
    'openPoseToCoco',
    'personScore',
    'simccVisibility',
  ]);
});
