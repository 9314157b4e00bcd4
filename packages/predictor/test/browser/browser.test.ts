import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { imageFromRgba } from '@pose/pose-viz';
import { createPredictor, type Person } from '../../src';
import { testEngine } from '../engine';
import { colourNetwork, SHARES } from '../networks';
import { BOXES, CANVAS, NAMES } from './scene';

/** `pnpm test:browser` sets it. */
const chromium = process.env.POSE_CHROMIUM;

(chromium ? test : test.skip)(
  'in headless Chromium, on WebGL, createPredictor() finds what it finds here',
  async () => {
    await testEngine();
    const model = colourNetwork([96, 128]);
    const predictor = createPredictor({ model, keypointNames: NAMES, flipPairs: [], normalization: SHARES });
    const expected = await predictor.predict(imageFromRgba(CANVAS), { boxes: BOXES });
    const args = [join(__dirname, 'predict-in-browser.mjs'), chromium as string, 'webgl'];
    const found = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Person[];
    expect(found).toHaveLength(2);
    found.forEach(({ keypoints, score, box }, i) => {
      expect(box).toEqual(BOXES[i]);
      expect(score).toBeCloseTo(expected[i].score, 3);
      expect(keypoints).toEqual(expected[i].keypoints.map((value) => expect.closeTo(value, 2)));
    });
  },
  120_000,
);
