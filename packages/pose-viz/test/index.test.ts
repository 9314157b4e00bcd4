import * as api from '../src';

test('the public exports', () => {
  expect(Object.keys(api).sort()).toEqual([
    'VizError',
    'barChart',
    'denormalize',
    'drawBox',
    'drawPolygon',
    'drawPose',
    'drawText',
    'encodePng',
    'fieldPanel',
    'heatmapPanel',
    'htmlReport',
    'lineChart',
    'mosaic',
    'resizeImage',
    'writeHtmlReport',
    'writePng',
  ]);
});
