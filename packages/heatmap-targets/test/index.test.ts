import * as targets from '../src';

test('the public exports', () => {
  expect(Object.keys(targets).sort()).toEqual([
    'TargetError',
    'associativeEmbeddingTargets',
    'confidenceMaps',
    'gaussianHeatmaps',
    'ignoreMask',
    'megviiHeatmaps',
    'multiResolutionTargets',
    'offsetFields',
    'partAffinityFields',
    'peopleHeatmaps',
    'simccLabels',
    'udpCombinedMaps',
    'udpHeatmaps',
    'unbiasedHeatmaps',
  ]);
});
