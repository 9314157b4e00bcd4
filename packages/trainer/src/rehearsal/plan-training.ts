import { countParameters, fuseLayers } from '@pose/pose-models';
import type { TrainingBatch } from '../data/training-data';
import { ForwardPass } from '../evaluation/forward-pass';
import { totalEpochs } from '../phase';
import { Gradients } from '../gradients/gradients';
import { checkTrainOptions, type TrainOptions } from '../train-options';
import { rehearse } from './rehearse';
import { trainingBatches } from './training-batches';

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
  memory: {
    /** Tensors that stay from step to step, bytes: weights and the optimizer's state. */
    kept: number;
    /** Highest resident size of this process so far, bytes. On a GPU its memory is not in it. */
    process: number;
  };
}

/** Steps that are measured, after one that is not: the first compiles, allocates and fills caches. */
const MEASURED = 3;

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
  const { parameters, kept, secondsPerBatch } = await measureTraining(options);
  const secondsPerEvaluatedSample = await measureEvaluation(options);
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
    memory: { kept, process: process.resourceUsage().maxRSS * 1024 },
  };
}

async function measureTraining<B extends TrainingBatch, Targets>(
  options: TrainOptions<B, Targets>,
): Promise<Pick<TrainingPlan, 'parameters' | 'secondsPerBatch'> & Pick<TrainingPlan['memory'], 'kept'>> {
  const {
    model,
    task,
    phases: [phase],
    reporter,
  } = options;
  const optimizer = phase.optimizer();
  const passes = new Gradients(options, (text) => reporter?.line(text));
  const measure = async () => {
    let [steps, started] = [0, 0];
    for await (const batch of trainingBatches(task)) {
      await passes.step(batch, 0, optimizer, 0);
      batch.release();
      if (steps === 0) started = performance.now();
      if (steps++ === MEASURED) break;
    }
    const secondsPerBatch = (performance.now() - started) / 1000 / MEASURED;
    const { total, trainable } = countParameters(model);
    const kept = 4 * total + optimizer.state().values.byteLength;
    return { parameters: { total, trainable }, secondsPerBatch, kept };
  };
  try {
    return await rehearse(model, phase, () => measure().finally(() => passes.forget()));
  } finally {
    optimizer.dispose();
  }
}

/** @returns seconds per sample, of the second time that the first batch is evaluated */
async function measureEvaluation<B extends TrainingBatch, Targets>({
  model,
  task: { evaluator },
  compile = 'off',
  reporter,
}: TrainOptions<B, Targets>): Promise<number> {
  const forward = new ForwardPass(compile, (text) => reporter?.line(text));
  const network = forward.of(fuseLayers(model));
  try {
    for await (const batch of evaluator.data.inOrder()) {
      const run = async () => evaluator.decode(await evaluator.predict(network, batch), batch);
      await run();
      const started = performance.now();
      await run();
      batch.release();
      return (performance.now() - started) / 1000 / batch.items.length;
    }
    return 0;
  } finally {
    network.dispose();
    await forward.dispose();
  }
}
