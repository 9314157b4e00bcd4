import type { CocoBoxAnnotation, CocoBoxResult, CocoGroundTruth } from '../input/coco-types';
import { groundTruthIds } from '../input/ground-truth-table';
import { areaSourceOf, readResults } from '../input/results-table';
import { accumulate } from './accumulate';
import { resolveParams, type EvalParams } from './eval-params';
import { Evaluation } from './evaluation';
import type { EvaluationType } from './evaluation-type';
import { matchImages } from './match-images';
import { tallyMatches } from './tally-matches';

/** loadRes, evaluate, accumulate and summarize of pycocotools, for either type. */
export function evaluate<Params extends EvalParams, Stat extends string>(
  type: EvaluationType<Params, Stat>,
  groundTruth: CocoGroundTruth<CocoBoxAnnotation>,
  detections: readonly CocoBoxResult[],
  params: Partial<Params>,
): Evaluation<Params, Stat> {
  const { imageIds, categoryIds } = groundTruthIds(groundTruth);
  const settings = type.complete(resolveParams(params, type.defaults, imageIds, categoryIds), params);
  const areaSource = areaSourceOf(detections, settings.allowEmpty);
  const withKeypoints = type.keypointCount(settings) !== null;
  const results = readResults(detections, { imageIds, areaSource, withKeypoints });
  const matched = matchImages(type, settings, groundTruth, results);
  const curves = accumulate(tallyMatches(matched, results.scores, settings), settings);
  return new Evaluation(type, settings, curves, results, matched);
}
