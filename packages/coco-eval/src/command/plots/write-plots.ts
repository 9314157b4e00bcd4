import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Image } from '@pose/pose-viz';
import { analyzeKeypointErrors } from '../../analysis/analyze-keypoint-errors';
import type { ErrorAnalysisOptions } from '../../analysis/error-analysis-options';
import type { EvaluationCurves } from '../../analysis/precision-recall-curves';
import type { CocoGroundTruth, CocoKeypointResult } from '../../input/coco-types';
import { correctionsChart } from './corrections-chart';
import { errorKindsChart, oksLossChart } from './error-charts';
import { drawnSkeleton } from './drawn-skeleton';
import { errorExamplesPicture } from './error-examples';
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
 * all.
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
    const analysis = analyzeKeypointErrors(groundTruth, detections, options);
    const skeleton = drawnSkeleton(groundTruth, analysis.perKeypoint.length);
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
