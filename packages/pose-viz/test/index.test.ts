import * as api from '../src';
import * as node from '../src/node';

test('the public exports', () => {
  expect(Object.keys(api).sort()).toEqual([
    'VizError',
    'barChart',
    'denormalize',
    'drawBox',
    'drawPolygon',
    'drawPose',
    'drawText',
    'fieldPanel',
    'heatmapPanel',
    'lineChart',
    'mosaic',
    'resizeImage',
  ]);
});

test('the public exports of @pose/pose-viz/node', () => {
  expect(Object.keys(node).sort()).toEqual([
    'encodeJpeg',
    'encodePng',
    'htmlReport',
    'writeHtmlReport',
    'writeImage',
    'writeJpeg',
    'writePng',
  ]);
});
