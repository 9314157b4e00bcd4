import { dispose } from '@tensorflow/tfjs-core';
import { countParameters } from '@pose/pose-models';
import type { TrainingBatch } from '../data/training-data';
import type { CompileMode } from '../gradients/compile-mode';
import { Gradients } from '../gradients/gradients';
import { GradientSum } from '../optimizer/gradient-sum';
import { moveWeights } from '../optimizer/move-weights';
import type { TrainOptions } from '../train-options';
import type { TrainingPlan } from './plan-training';
import { rehearse } from './rehearse';
import { trainingBatches } from './training-batches';

/** The way that batches went. */
export type MeasuredMode = Exclude<CompileMode, 'auto'>;

/** Steps that are measured, after one that is not: the first compiles, allocates and fills caches. */
const MEASURED = 3;

/** Some steps of the first phase. The model's weights are as before afterwards. */
export async function measureTraining<B extends TrainingBatch, Targets>(
  options: TrainOptions<B, Targets>,
): Promise<
  Pick<TrainingPlan, 'parameters' | 'secondsPerBatch'> & Pick<TrainingPlan['memory'], 'kept'> & { mode: MeasuredMode }
> {
  const {
    model,
    task,
    phases: [phase],
    accumulate = 1,
    clipNorm,
    reporter,
  } = options;
  const optimizer = phase.optimizer();
  const passes = new Gradients(options, (text) => reporter?.line(text));
  const gathered = new GradientSum();
  const gather = async (batch: B, isStep: boolean) => {
    const { gradients, overflowed } = await passes.compute(batch, 0);
    gathered.add(gradients, batch.items.length);
    dispose(gradients);
    if (!isStep) return;
    const mean = gathered.take();
    if (passes.accepts({ overflowed })) moveWeights(model, optimizer, mean, { learningRate: 0, clipNorm });
    else dispose(mean);
  };
  const measure = async () => {
    let [steps, started] = [0, 0];
    for await (const batch of trainingBatches(task)) {
      await (accumulate === 1 ? passes.step(batch, 0, optimizer, 0) : gather(batch, steps % accumulate === 0));
      batch.release();
      if (steps === 0) started = performance.now();
      if (steps++ === MEASURED) break;
    }
    const secondsPerBatch = (performance.now() - started) / 1000 / MEASURED;
    const { total, trainable } = countParameters(model);
    const kept = 4 * total + optimizer.state().values.byteLength;
    return { parameters: { total, trainable }, secondsPerBatch, kept, mode: passes.decision ?? 'off' };
  };
  try {
    return await rehearse(model, phase, () => measure().finally(() => passes.forget()));
  } finally {
    gathered.dispose();
    optimizer.dispose();
  }
}
