import type { CocoKeypointResult } from '@pose/coco-eval';
import type { Image } from '@pose/pose-viz';
import type { ReportTable } from '@pose/pose-viz/node';
import type { Output, PredictionSettings } from '@pose/predictor';
import type { EvaluationData, SampleSource, TrainingBatch } from '../data/training-data';
import type { EvaluatedNetwork } from './forward-pass';

/** How a network is evaluated. A plain object: spread one and replace what should differ. */
export interface Evaluator<B extends TrainingBatch = TrainingBatch> {
  data: EvaluationData<B>;
  /** How others are to read the network as this does; goes into its checkpoints. */
  prediction?: PredictionSettings;
  /** Runs the network on a batch; gives its outputs as the decoder takes them. */
  predict(network: EvaluatedNetwork, batch: B): Output[] | Promise<Output[]>;
  /** Outputs to poses, keypoints in image pixels. */
  decode(outputs: readonly Output[], batch: B): CocoKeypointResult[];
  /**
   * Numbers of all poses of the data.
   *
   * @param results  in the order of the data
   * @param items    whose images could be read, in that order
   */
  metric(results: readonly CocoKeypointResult[], items: readonly B['items'][number][]): Record<string, number>;
  /** Which of those numbers says how good a network is; higher is better. */
  selectBy: string;
  /** Pictures and tables of an evaluation, for the report. */
  report?(evaluation: Evaluation): Promise<EvaluationPictures>;
}

export interface Evaluation {
  /** The metric's numbers. */
  stats: Record<string, number>;
  /** Whose images could be read, in the order of the data. */
  items: readonly SampleSource[];
  /** The poses, in that order; one for each item where the items are people. */
  results: readonly CocoKeypointResult[];
}

/** A picture of a report, and the file of the run folder that it is written to. */
export interface ReportPicture {
  file: string;
  title: string;
  caption: string;
  image: Image;
}

export interface EvaluationPictures {
  figures: ReportPicture[];
  tables: ReportTable[];
}
