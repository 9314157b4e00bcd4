import { checkChoice, checkJointWeights, checkSizes } from './check-arguments';
import type { HeatmapLayout, Size } from './heatmap-layout';

/** How a keypoint weighs in the loss: 1 if it is labelled, or its v as it is (mmpose). */
export type Weighting = 'labelled' | 'visibility';

export interface WeightOptions {
  /** default 'labelled' */
  weighting?: Weighting;
  /** one factor per keypoint on its weight; default 1 for each */
  jointWeights?: ArrayLike<number>;
}

export interface FrameOptions {
  /** width and height of the network input, the space of the keypoints */
  inputSize: Size;
  /** width and height of the heatmaps */
  heatmapSize: Size;
  /** default 'hwk' */
  layout?: HeatmapLayout;
}

export interface HeatmapOptions extends FrameOptions, WeightOptions {}

export interface PeopleOptions {
  /** keypoints per person; default those of the first person, needed when there may be no people */
  keypointCount?: number;
}

export interface HeatmapTargets {
  /** shape [height, width, K], or [K, height, width] with layout 'khw' */
  heatmaps: Float32Array;
  /** shape [K], or [people, K]: 0 for keypoints that the loss must leave out */
  weights: Float32Array;
}

export function checkFrame({ inputSize, heatmapSize, layout = 'hwk' }: FrameOptions): void {
  checkSizes({ inputSize, heatmapSize });
  checkChoice('layout', layout, ['hwk', 'khw']);
}

export function checkWeighting({ weighting = 'labelled', jointWeights }: WeightOptions, count: number): void {
  checkChoice('weighting', weighting, ['labelled', 'visibility']);
  checkJointWeights(jointWeights, count);
}

/** The weight of labelled keypoint k. */
export function weightOf({ weighting, jointWeights }: WeightOptions, k: number, v: number): number {
  return (weighting === 'visibility' ? v : 1) * (jointWeights ? jointWeights[k] : 1);
}
