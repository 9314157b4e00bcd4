/** Runs in the browser: bundled without any module of Node.js. */
import * as tf from '@tensorflow/tfjs';
import { imageFromRgba } from '@pose/pose-viz';
import { createPredictor, type Person } from '../../src';
import { colourNetwork, SHARES } from '../networks';
import { BOXES, CANVAS, NAMES } from './scene';

async function predictOnCanvas(backend: string): Promise<Person[]> {
  if (!(await tf.setBackend(backend))) throw new Error(`the browser has no ${backend}`);
  await tf.ready();
  const model = colourNetwork([96, 128]);
  const predictor = createPredictor({ model, keypointNames: NAMES, flipPairs: [], normalization: SHARES });
  const people = await predictor.predict(imageFromRgba(CANVAS), { detect: async () => BOXES });
  predictor.dispose();
  return people;
}

Object.assign(globalThis, { predictOnCanvas });
