import type { PersonInstance, Skeleton } from '@pose/coco-dataset';
import { perKeypointErrors } from '@pose/coco-eval';
import type { Evaluation, EvaluationPictures } from '../evaluation/evaluator';
import { keypointErrorTable } from './keypoint-error-table';
import { predictionMosaic } from './prediction-mosaic';

/** People per mosaic. */
const PEOPLE = 16;

export interface TopDownPicturesOptions {
  skeleton: Skeleton;
  /** Whether the people are detected boxes, whose true keypoints nobody knows. */
  detected: boolean;
  /** Of the keypoints, for OKS; default COCO's 17. */
  sigmas?: readonly number[];
}

/**
 * The first people of the data, those who are found worst, and the errors keypoint by keypoint. Detected boxes have no
 * errors to show: their worst are those whose predictions the network trusts least.
 */
export async function topDownPictures(
  { items, results }: Evaluation,
  { skeleton, detected, sigmas }: TopDownPicturesOptions,
): Promise<EvaluationPictures> {
  const people = items as readonly PersonInstance[];
  const all = people.map((_, i) => i);
  const poses = results.map(({ keypoints }) => keypoints);
  const errors = detected ? undefined : perKeypointErrors(poses, people, sigmas);
  const goodness = errors?.oks ?? results.map(({ score }) => score);
  const worst = all.slice().sort((a, b) => goodness[a] - goodness[b]);
  const draw = (chosen: readonly number[], caption: (i: number) => string) =>
    predictionMosaic(people, results, chosen.slice(0, PEOPLE), { skeleton, caption });
  return {
    figures: [
      {
        file: 'predictions.png',
        title: 'First people of the validation data',
        caption: 'True keypoints beside the predicted ones.',
        image: await draw(all, (i) => `score ${results[i].score.toFixed(2)}`),
      },
      {
        file: 'predictions-worst.png',
        title: errors ? 'Lowest OKS' : 'Lowest scores',
        caption: errors
          ? 'The people who are found worst, by OKS with their own annotation.'
          : 'The people whose predictions the network trusts least.',
        image: await draw(worst, (i) => `${errors ? 'OKS' : 'score'} ${goodness[i].toFixed(2)}`),
      },
    ],
    tables: errors ? [keypointErrorTable(errors.perKeypoint, skeleton.keypoints)] : [],
  };
}
