import * as decode from '../src';

test('the public exports', () => {
  expect(Object.keys(decode).sort()).toEqual([
    'DecodeError',
    'decodeHeatmaps',
    'flipHeatmaps',
    'heatmapToImage',
    'mergeFlipped',
    'personScore',
  ]);
});
