import { join } from 'node:path';
import { pipelineParity, type Summary } from '@pose/golden-cases';
import type { Size } from '../src';

export const parity = pipelineParity(join(__dirname, 'fixtures'));

/** One person with a heatmap encoding of mmpose. */
export interface PersonCase {
  keypoints: number[][];
  visible: number[];
  image_size: Size;
  heatmap_size: Size;
}

export interface PeopleCase extends Omit<PersonCase, 'keypoints' | 'visible'> {
  keypoints: number[][][];
  visible: number[][];
  sigma: number;
}

export interface ExpectedMaps {
  target: Summary;
  weight: number[];
}

export const triplets = (points: number[][], visible: number[]) => points.flatMap(([x, y], k) => [x, y, visible[k]]);

export const peopleOf = ({ keypoints, visible }: Pick<PeopleCase, 'keypoints' | 'visible'>) =>
  keypoints.map((points, n) => triplets(points, visible[n]));

/** The options that every parity test of mmpose's encodings shares. */
export const frameOf = ({ image_size, heatmap_size }: Pick<PersonCase, 'image_size' | 'heatmap_size'>) =>
  ({ inputSize: image_size, heatmapSize: heatmap_size, layout: 'khw', weighting: 'visibility' }) as const;

/** The limbs of the `openpose_targets` cases, in the order of their fields. */
export const OPENPOSE_LIMBS = [
  [1, 8],
  [8, 9],
  [9, 10],
  [1, 11],
  [11, 12],
  [12, 13],
  [1, 2],
  [2, 3],
  [3, 4],
  [2, 14],
  [1, 5],
  [5, 6],
  [6, 7],
  [5, 15],
  [1, 0],
  [0, 14],
  [0, 15],
  [14, 16],
  [15, 17],
] as const;
