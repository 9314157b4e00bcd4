import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Image } from '@pose/pose-viz';
import { analyzeKeypointErrors } from '../../analysis/analyze-keypoint-errors';
import type { ErrorAnalysisOptions } from '../../analysis/error-analysis-options';
import type { EvaluationCurves } from '../../analysis/precision-recall-curves';
import type { CocoGroundTruth, CocoKeypointResult } from '../../input/coco-types';
import { COCO_SIGMAS } from '../../similarity/coco-sigmas';
import { correctionsChart } from './corrections-chart';
import { errorKindsChart, oksLossChart } from './error-charts';
import { drawnSkeleton } from './drawn-skeleton';
import { errorExamplesPicture } from './error-examples';
import { flipPairsOfNames } from './flip-pairs-of-names';
import { loadPoseViz } from './load-pose-viz';
import { PlotsError } from './plots-error';
import { precisionRecallChart } from './precision-recall-chart';

export interface PlotsInput {
  /** Of keypoints or of boxes. */
  readonly evaluation: EvaluationCurves;
  /** What was evaluated, where it was keypoints: with it the pictures of the error analysis are made. */
  readonly keypoints?: {
    readonly groundTruth: CocoGroundTruth;
    readonly detections: readonly CocoKeypointResult[];
    readonly options: ErrorAnalysisOptions;
  };
}

/**
 * Writes the pictures of an evaluation as PNG files: precision-recall.png, and of keypoints corrections.png,
 * error-kinds.png, oks-loss.png and, where there are errors, error-examples.png. Each file is written whole or not at
 * all. Inversions are looked for between keypoints that the ground truth names left and right, where `options` gives no
 * flip pairs.
 *
 * @param folder made where it is not there
 * @returns paths of the files, in the order in which they were written
 * @throws PlotsError where @pose/pose-viz is not installed, or a file cannot be written; CocoEvalError as
 *   `analyzeKeypointErrors`
 */
export async function writePlots(folder: string, { evaluation, keypoints }: PlotsInput): Promise<string[]> {
  const poseViz = await loadPoseViz();
  const { barChart, lineChart, writePng } = poseViz;
  const charts: [name: string, chart: Image][] = [
    ['precision-recall', lineChart(precisionRecallChart(evaluation, keypoints ? 'OKS' : 'IoU'))],
  ];
  if (keypoints) {
    const { groundTruth, detections, options } = keypoints;
    const skeleton = drawnSkeleton(groundTruth, (options.sigmas ?? COCO_SIGMAS).length);
    const flipPairs = flipPairsOfNames(skeleton.keypoints);
    const symmetric = flipPairs.length > 0 ? { flipPairs, ...options } : options;
    const analysis = analyzeKeypointErrors(groundTruth, detections, symmetric);
    charts.push(
      ['corrections', lineChart(correctionsChart(analysis.corrections))],
      ['error-kinds', barChart(errorKindsChart(analysis, skeleton.keypoints))],
      ['oks-loss', barChart(oksLossChart(analysis, skeleton.keypoints))],
    );
    const examples = errorExamplesPicture(poseViz, analysis, groundTruth, detections, skeleton);
    if (examples !== null) charts.push(['error-examples', examples]);
  }
  const files: string[] = [];
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, chart] of charts) {
      files.push(join(folder, `${name}.png`));
      await writePng(files[files.length - 1], chart);
    }
  } catch (cause) {
    throw new PlotsError(`--plots: ${folder}: ${(cause as Error).message}`, { cause });
  }
  return files;
}
