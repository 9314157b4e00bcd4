import { openPoseToCoco } from '@pose/pose-decode';
import { fuseLayers } from '@pose/pose-models';
import { bottomUp } from './bottom-up/bottom-up-predictor';
import { checkImage } from './check-image';
import { itemName } from './item-name';
import { checkInput } from './network/check-network';
import { CompiledNetwork } from './network/compiled-network';
import { inputSizeOf } from './network/sizes';
import type { PredictorOptions } from './options';
import type { Predictor } from './predictor';
import { PredictorError } from './predictor-error';
import { topDown } from './top-down/top-down-predictor';

/**
 * A network with all that lies before and behind it: images and boxes in, people with keypoints in image pixels out.
 * Top-down, crops of people as in the network's training, flip test, decoding; bottom-up, whole images, peaks and
 * fields grouped to people.
 *
 * @returns a predictor, to be disposed of when it is no longer needed
 * @throws PredictorError when an option does not fit the network
 */
export function createPredictor(options: PredictorOptions): Predictor {
  const { model, network: given, keypointNames, batchSize = 16 } = options;
  if (!model === !given) throw new PredictorError('Expected either model or network, found both or none.');
  if (keypointNames.length === 0)
    throw new PredictorError('keypointNames: expected one name per keypoint, found none.');
  if (!(Number.isInteger(batchSize) && batchSize > 0)) {
    throw new PredictorError(`batchSize: expected a whole number above 0, found ${batchSize}.`);
  }
  checkInput(given ?? model!);
  const network = given ?? fuseLayers(model!);
  const compiled = options.compile && new CompiledNetwork(network, options.compile);
  const dispose = () => {
    compiled?.dispose();
    if (!given) network.dispose();
  };
  try {
    const predictAll =
      options.kind === 'bottom-up'
        ? bottomUp(compiled ?? network, options, batchSize)
        : topDown(compiled ?? network, options, batchSize);
    return predictorOf(options, { inputSize: inputSizeOf(network), predictAll, dispose });
  } catch (error) {
    dispose();
    throw error;
  }
}

interface Parts extends Pick<Predictor, 'inputSize' | 'dispose'> {
  predictAll: Predictor['predictMany'];
}

function predictorOf(options: PredictorOptions, { inputSize, predictAll, dispose }: Parts): Predictor {
  let isDisposed = false;
  const predictMany: Predictor['predictMany'] = async (items) => {
    if (isDisposed) throw new PredictorError('Expected a predictor that is in use, found one that was disposed of.');
    items.forEach(({ image, boxes, detect }, i) => {
      checkImage(image, itemName(items, i, 'image'));
      if (boxes && detect) {
        throw new PredictorError(`${itemName(items, i, 'boxes')}: expected either boxes or detect, found both.`);
      }
    });
    return predictAll(items);
  };
  return {
    kind: options.kind ?? 'top-down',
    keypointNames: namesOf(options),
    inputSize,
    predictMany,
    predict: async (image, found) => (await predictMany([{ image, ...found }]))[0],
    dispose() {
      if (!isDisposed) dispose();
      isDisposed = true;
    },
  };
}

function namesOf(options: PredictorOptions): readonly string[] {
  const { keypointNames: names } = options;
  if (options.kind !== 'bottom-up' || !options.toCoco) return names;
  if (names.length !== 18) {
    throw new PredictorError(`toCoco: expected OpenPose's 18 keypoint names, found ${names.length}.`);
  }
  return Array.from(openPoseToCoco(names.flatMap((_, k) => [k, k, k])))
    .filter((_, i) => i % 3 === 0)
    .map((k) => names[k]);
}
