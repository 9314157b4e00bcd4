import type { TrainingBatch } from '../data/training-data';
import { totalEpochs } from '../phase';
import { checkTrainOptions, type TrainOptions } from '../train-options';
import { measureEvaluation } from './measure-evaluation';
import { measureTraining, type MeasuredMode } from './measure-training';

/** What a run would do, from a few of its steps. */
export interface TrainingPlan {
  name: string;
  /** Trained in the first phase. */
  parameters: { total: number; trainable: number };
  samples: number;
  batchSize: number;
  /** Batches of an epoch, and the optimizer steps that they make. */
  batches: number;
  stepsPerEpoch: number;
  epochs: number;
  phases: { epochs: number; optimizer: string; firstRate: number; lastRate: number; frozen?: string }[];
  evaluations: number;
  evaluationSamples: number;
  /** Seconds: of one batch trained on, of one sample's evaluation, and of the whole run. */
  secondsPerBatch: number;
  secondsPerEvaluatedSample: number;
  seconds: number;
  /** How training and evaluation ran when they were measured, as they will in `train`. */
  compiled: Record<'training' | 'evaluation', MeasuredMode>;
  memory: {
    /** Tensors that stay from step to step, bytes: weights and the optimizer's state. */
    kept: number;
    /** Highest resident size of this process so far, bytes. On a GPU its memory is not in it. */
    process: number;
  };
}

/**
 * Trains on a few batches and evaluates one, to say how long a run would take and how much memory it needs. The model's
 * weights are as before afterwards, and nothing is written.
 *
 * @throws TrainerError as `train`, when an option is out of range or a sample cannot be read
 */
export async function planTraining<B extends TrainingBatch, Targets>(
  options: TrainOptions<B, Targets>,
): Promise<TrainingPlan> {
  checkTrainOptions(options);
  const { task, phases, description, accumulate = 1, evaluateEvery = 0 } = options;
  const { samples, batchSize } = task.data;
  const batches = Math.ceil(samples / batchSize);
  const stepsPerEpoch = Math.ceil(batches / accumulate);
  const epochs = totalEpochs(phases);
  const evaluations = evaluateEvery > 0 ? Math.ceil(epochs / evaluateEvery) : 1;
  const evaluationSamples = task.evaluator.data.samples;
  const { parameters, kept, secondsPerBatch, mode: training } = await measureTraining(options);
  const { secondsPerEvaluatedSample, mode: evaluation } = await measureEvaluation(options);
  const evaluated = (evaluations + (options.validationLoss ? epochs : 0)) * evaluationSamples;
  return {
    name: description.name,
    parameters,
    samples,
    batchSize,
    batches,
    stepsPerEpoch,
    epochs,
    phases: phases.map(({ epochs: length, optimizer, schedule, frozen }) => {
      const rate = (step: number) => schedule().rate({ step, epoch: Math.floor(step / stepsPerEpoch), stepsPerEpoch });
      const made = optimizer();
      made.dispose();
      const rates = { firstRate: rate(0), lastRate: rate(length * stepsPerEpoch - 1) };
      return { epochs: length, optimizer: made.kind, ...rates, frozen: frozen && String(frozen) };
    }),
    evaluations,
    evaluationSamples,
    secondsPerBatch,
    secondsPerEvaluatedSample,
    seconds: epochs * batches * secondsPerBatch + evaluated * secondsPerEvaluatedSample,
    compiled: { training, evaluation },
    memory: { kept, process: process.resourceUsage().maxRSS * 1024 },
  };
}
