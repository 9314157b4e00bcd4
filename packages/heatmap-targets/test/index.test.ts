import * as targets from '../src';

test('the public exports', () => {
  expect(Object.keys(targets).sort()).toEqual(['TargetError', 'gaussianHeatmaps']);
});
