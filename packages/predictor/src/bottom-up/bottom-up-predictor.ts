import * as tf from '@tensorflow/tfjs-core';
import type { Box } from '@pose/pose-augment';
import type { PredictingNetwork } from '../network/compiled-network';
import { itemName } from '../item-name';
import { checkMaps } from '../network/check-network';
import { predictOutputs } from '../network/predict-outputs';
import { heatmapSizeOf, inputSizeOf } from '../network/sizes';
import type { BottomUpOptions } from '../options';
import type { Person } from '../person';
import type { PredictItem } from '../predictor';
import { PredictorError } from '../predictor-error';
import { readOutputs } from '../read-outputs';
import { decodeBottomUp } from './decode-bottom-up';
import { fitImage } from './image-input';
import { mergeMirrored } from './merge-mirrored';

/** @returns what predicts the people of several images, in batches of `batchSize` */
export function bottomUp(
  network: PredictingNetwork,
  options: BottomUpOptions,
  batchSize: number,
): (items: readonly PredictItem[]) => Promise<Person[][]> {
  checkOutputs(network, options);
  const [edge] = inputSizeOf(network);
  return async (items) => {
    const given = items.findIndex(({ boxes, detect }) => boxes ?? detect);
    if (given >= 0) {
      throw new PredictorError(
        `${itemName(items, given, 'boxes')}: expected no boxes and no detector, since a bottom-up network finds people itself. Leave them out.`,
      );
    }
    items.forEach(({ image: { width, height } }, i) => {
      // The shorter side, scaled, must be left with a pixel.
      if (Math.min(width, height) * edge < Math.max(width, height)) {
        const found = `${width}x${height} pixels`;
        throw new PredictorError(
          `${itemName(items, i, 'image')}: expected one whose longer side is at most ${edge} times the other, found ${found}.`,
        );
      }
    });
    const people: Person[][] = [];
    for (let start = 0; start < items.length; start += batchSize) {
      people.push(...(await predictBatch(network, options, items.slice(start, start + batchSize))));
    }
    return people;
  };
}

function checkOutputs(
  network: PredictingNetwork,
  { limbs, keypointNames, flipTest, flipPairs }: BottomUpOptions,
): void {
  if (flipTest && !flipPairs) {
    throw new PredictorError('flipPairs: expected pairs of keypoints for the flip test, found none. Or leave out flipTest.'); // prettier-ignore
  }
  const [width, height] = inputSizeOf(network);
  if (width !== height) {
    throw new PredictorError(`model: expected a square input for a bottom-up network, found ${height}x${width}.`);
  }
  checkMaps(network, -2, 2 * limbs.length, 'two fields per limb');
  checkMaps(network, -1, keypointNames.length, 'one map per keypoint name', true);
  const [mapWidth, mapHeight] = heatmapSizeOf(network);
  if (mapWidth !== mapHeight || width % mapWidth !== 0) {
    throw new PredictorError(
      `model: expected square heatmaps whose pixels are whole input pixels of ${width}, found ${mapHeight}x${mapWidth}.`,
    );
  }
}

async function predictBatch(
  network: PredictingNetwork,
  { keypointNames, normalization, flipTest, flipPairs = [], ...options }: BottomUpOptions,
  items: readonly PredictItem[],
): Promise<Person[][]> {
  const [edge] = inputSizeOf(network);
  const length = edge * edge * 3;
  const input = new Float32Array(items.length * length);
  const matrices = Float32Array.from(
    items.flatMap(({ image }, i) => fitImage(image, edge, normalization, input.subarray(i * length, (i + 1) * length))),
  );
  const last = network.outputs.length - 1;
  const places = [last - 1, last];
  const outputs = await predictOutputs(network, input, places);
  const mirrored = flipTest
    ? await predictOutputs(network, input, places, (images) => tf.reverse(images, 2))
    : undefined;
  const frame = { ...options, keypoints: keypointNames.length, edge };
  return readOutputs(() => {
    const merged = mirrored ? mergeMirrored(outputs, mirrored, { limbs: options.limbs, flipPairs }) : outputs;
    return decodeBottomUp(merged, matrices, frame);
  }).map((people) => people.map((person) => ({ ...person, box: boxAround(person.keypoints) })));
}

/** The smallest box around the keypoints that were found. */
function boxAround(keypoints: readonly number[]): Box {
  const along = (axis: number) => keypoints.filter((_, i) => i % 3 === axis && keypoints[i - axis + 2] > 0);
  const [xs, ys] = [along(0), along(1)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}
