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
