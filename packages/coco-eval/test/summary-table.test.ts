import { evaluateKeypoints, summaryTable } from '../src/index';
import { evaluationCases } from './golden';

const nothing = {
  AP: -1,
  AP50: -1,
  AP75: -1,
  APM: -1,
  APL: -1,
  AR: -1,
  AR50: -1,
  AR75: -1,
  ARM: -1,
  ARL: -1,
};
const [{ gt, dt, params: given }] = evaluationCases('keypoints').filter(({ name }) => name.includes('perfect-single'));
const evaluation = evaluateKeypoints(gt, dt, given);
const { params, definitions } = evaluation;

test('summaryTable(evaluation) prints what pycocotools prints', () => {
  expect(summaryTable(evaluation).split('\n')).toEqual([
    ' Average Precision  (AP) @[ IoU=0.50:0.95 | area=   all | maxDets= 20 ] = 1.000',
    ' Average Precision  (AP) @[ IoU=0.50      | area=   all | maxDets= 20 ] = 1.000',
    ' Average Precision  (AP) @[ IoU=0.75      | area=   all | maxDets= 20 ] = 1.000',
    ' Average Precision  (AP) @[ IoU=0.50:0.95 | area=medium | maxDets= 20 ] = 1.000',
    ' Average Precision  (AP) @[ IoU=0.50:0.95 | area= large | maxDets= 20 ] = -1.000',
    ' Average Recall     (AR) @[ IoU=0.50:0.95 | area=   all | maxDets= 20 ] = 1.000',
    ' Average Recall     (AR) @[ IoU=0.50      | area=   all | maxDets= 20 ] = 1.000',
    ' Average Recall     (AR) @[ IoU=0.75      | area=   all | maxDets= 20 ] = 1.000',
    ' Average Recall     (AR) @[ IoU=0.50:0.95 | area=medium | maxDets= 20 ] = 1.000',
    ' Average Recall     (AR) @[ IoU=0.50:0.95 | area= large | maxDets= 20 ] = -1.000',
  ]);
});

// What Python 3.11's '{:0.3f}' makes of them.
test.each([
  [0.0625, '0.062'],
  [0.1875, '0.188'],
  [0.3125, '0.312'],
  [0.9375, '0.938'],
  [0.0005, '0.001'],
  [0.25, '0.250'],
])('summaryTable rounds %d to %s, halves to even as Python does', (AP, text) => {
  const [first] = summaryTable({ params, definitions, stats: { ...nothing, AP } }).split('\n');
  expect(first.endsWith(` = ${text}`)).toBe(true);
});

test('summaryTable names the thresholds that were used', () => {
  const [first] = summaryTable({ params: { ...params, iouThrs: [0.125, 0.5] }, definitions, stats: nothing }).split(
    '\n',
  );
  expect(first).toContain('IoU=0.12:0.50 |');
});
