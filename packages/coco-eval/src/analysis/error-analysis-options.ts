import type { KeypointEvalParams } from '../evaluation/eval-params';
import { fail, isList } from '../input/json-checks';
import { COCO_FLIP_PAIRS } from '../similarity/coco-flip-pairs';
import { COCO_SIGMAS } from '../similarity/coco-sigmas';
import { checkSigmas } from '../similarity/object-keypoint-similarity';

/** Settings of an error analysis: those of the evaluation that it takes, and the skeleton's symmetry. */
export interface ErrorAnalysisOptions extends Partial<
  Pick<KeypointEvalParams, 'imgIds' | 'catIds' | 'iouThrs' | 'recThrs' | 'sigmas' | 'allowEmpty'>
> {
  /**
   * Pairs of a left and a right keypoint, 0-based places, that an inversion takes for each other. Default: COCO's where
   * `sigmas` are COCO's; with other sigmas none, so that no inversion is found.
   */
  readonly flipPairs?: readonly (readonly [number, number])[];
}

/**
 * The other keypoint of each pair; a keypoint without a pair is its own.
 *
 * @throws CocoEvalError when a sigma is not above 0, or a pair is not of two keypoints or shares one with another pair
 */
export function flippedKeypoints({ sigmas = COCO_SIGMAS, flipPairs }: ErrorAnalysisOptions): Int32Array {
  checkSigmas(sigmas);
  const isCoco = sigmas.length === COCO_SIGMAS.length && COCO_SIGMAS.every((sigma, k) => sigma === sigmas[k]);
  const pairs = flipPairs ?? (isCoco ? COCO_FLIP_PAIRS : []);
  const flipped = Int32Array.from(sigmas, (_, k) => k);
  if (!isList(pairs)) fail('params', 'flipPairs', 'a list of pairs of keypoints', pairs);
  pairs.forEach((pair, i) => {
    const isPair = isList(pair) && pair.length === 2 && pair[0] !== pair[1];
    if (!isPair) fail('params', `flipPairs[${i}]`, 'two different keypoints', pair);
    pair.forEach((k, side) => {
      if (flipped[k] !== k) {
        const expected = `a keypoint of 0 to ${sigmas.length - 1} that is in no other pair`;
        fail('params', `flipPairs[${i}][${side}]`, expected, k);
      }
    });
    [flipped[pair[0]], flipped[pair[1]]] = [pair[1], pair[0]];
  });
  return flipped;
}
