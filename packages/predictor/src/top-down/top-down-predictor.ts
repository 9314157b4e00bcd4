import { personScore } from '@pose/pose-decode';
import type { PredictingNetwork } from '../network/compiled-network';
import { checkBoxes, type ScoredBox } from '../check-boxes';
import { itemName } from '../item-name';
import { checkLines, checkMaps } from '../network/check-network';
import { inputSizeOf } from '../network/sizes';
import type { TopDownOptions } from '../options';
import type { Person, PersonBox } from '../person';
import type { PredictItem } from '../predictor';
import { PredictorError } from '../predictor-error';
import { readOutputs } from '../read-outputs';
import { decodeTopDown } from './decode-top-down';
import { decodingOf } from './decodings';
import { cropPerson } from './person-crop';
import { predictTopDown } from './predict-top-down';
import { suppressDuplicates, type TopDownResult } from './suppress-duplicates';

type Settings = Required<Pick<TopDownOptions, 'decoder' | 'alignment' | 'flipPairs' | 'flipTest' | 'nms'>> &
  Pick<TopDownOptions, 'normalization' | 'interpolation' | 'sigmas'> & { keypoints: number };

interface Crop extends ScoredBox {
  /** Place of its image among the items. */
  item: number;
}

type Found = Person & TopDownResult;

/** @returns what predicts the people of several images, in batches of `batchSize` */
export function topDown(
  network: PredictingNetwork,
  options: TopDownOptions,
  batchSize: number,
): (items: readonly PredictItem[]) => Promise<Person[][]> {
  const settings = settingsOf(network, options);
  return async (items) => {
    const crops: Crop[] = [];
    for (const [item, { image, boxes, detect }] of items.entries()) {
      const all: readonly PersonBox[] = boxes ?? (await detect?.(image)) ?? [[0, 0, image.width, image.height]];
      crops.push(...checkBoxes(all, image, itemName(items, item, 'boxes')).map((box) => ({ ...box, item })));
    }
    const found: Found[][] = items.map(() => []);
    for (let start = 0; start < crops.length; start += batchSize) {
      const people = await predictBatch(network, settings, items, crops.slice(start, start + batchSize));
      for (const person of people) found[person.image_id].push(person);
    }
    const detected = new Set(crops.filter(({ isDetected }) => isDetected).map(({ item }) => item));
    return found.map((people, item) => {
      const kept = detected.has(item) && settings.nms < 1 ? withoutDuplicates(people, settings) : people;
      return kept.map(({ keypoints, score, box }) => ({ keypoints, score, box }));
    });
  };
}

function settingsOf(network: PredictingNetwork, options: TopDownOptions): Settings {
  const { decoder = 'quarter', flipPairs = [], flipTest = true, nms = 0.9, sigmas, keypointNames } = options;
  const keypoints = keypointNames.length;
  if (flipTest && options.flipPairs === undefined) {
    throw new PredictorError('flipPairs: expected pairs of keypoints for the flip test, found none. Or set flipTest: false.'); // prettier-ignore
  }
  if (!Number.isFinite(nms)) throw new PredictorError(`nms: expected an OKS from 0 to 1, found ${nms}.`);
  const { maps, alignment } = decodingOf(decoder);
  if (maps === 'lines') checkLines(network, keypoints);
  else checkMaps(network, -1, maps * keypoints, `${maps === 1 ? 'one map' : `${maps} maps`} per keypoint name`);
  const { normalization, interpolation } = options;
  const chosen = { decoder, alignment: options.alignment ?? alignment, flipPairs, flipTest, nms, sigmas };
  return { ...chosen, normalization, interpolation, keypoints };
}

async function predictBatch(
  network: PredictingNetwork,
  settings: Settings,
  items: readonly PredictItem[],
  crops: readonly Crop[],
): Promise<Found[]> {
  const inputSize = inputSizeOf(network);
  const length = inputSize[0] * inputSize[1] * 3;
  const input = new Float32Array(crops.length * length);
  const regions = crops.map(({ item, box }, i) => {
    const { image } = items[item];
    return cropPerson(image, box, { ...settings, inputSize }, input.subarray(i * length, (i + 1) * length));
  });
  const outputs = await predictTopDown(network, input, settings);
  const places = Float32Array.from(regions.flatMap(({ center, scale }) => [...center, ...scale]));
  return readOutputs(() => {
    const points = decodeTopDown(outputs, places, { ...settings, inputSize });
    return crops.map(({ item, box, score }, i) => {
      const own = points.subarray(i * 3 * settings.keypoints, (i + 1) * 3 * settings.keypoints);
      const person = { keypoints: Array.from(own), score: personScore(own, { boxScore: score }), box };
      return { ...person, ...regions[i], image_id: item, category_id: 1 };
    });
  });
}

function withoutDuplicates(people: readonly Found[], { nms, sigmas, keypoints }: Settings): Found[] {
  if ((sigmas?.length ?? 17) !== keypoints) {
    throw new PredictorError(
      `sigmas: expected one for each of the ${keypoints} keypoints, to leave out who was detected twice, found ` +
        `${sigmas?.length ?? "COCO's 17"}. Give them, or set nms: 1 to keep everybody.`,
    );
  }
  return suppressDuplicates(people, { threshold: nms, sigmas });
}
