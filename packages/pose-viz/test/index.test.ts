import * as api from '../src';
import * as node from '../src/node';

test('the public exports', () => {
  expect(Object.keys(api).sort()).toEqual([
    'VizError',
    'barChart',
    'beforeAfter',
    'denormalize',
    'drawBox',
    'drawPeaks',
    'drawPeople',
    'drawPolygon',
    'drawPose',
    'drawText',
    'fieldGrid',
    'fieldPanel',
    'heatmapGrid',
    'heatmapPanel',
    'imageFromRgba',
    'lineChart',
    'mosaic',
    'personColor',
    'putImage',
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
