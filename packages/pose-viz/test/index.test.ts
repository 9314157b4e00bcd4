import * as api from '../src';

test('the public exports', () => {
  expect(Object.keys(api).sort()).toEqual([
    'VizError',
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
