import { fuseLayers } from '@pose/pose-models';
import type { TrainingBatch } from '../data/training-data';
import { ForwardPass } from '../evaluation/forward-pass';
import type { TrainOptions } from '../train-options';
import type { MeasuredMode } from './measure-training';
import type { TrainingPlan } from './plan-training';

/** Seconds of the second time that the first batch is evaluated. */
export async function measureEvaluation<B extends TrainingBatch, Targets>({
  model,
  task: { evaluator },
  compile = 'off',
  reporter,
}: TrainOptions<B, Targets>): Promise<Pick<TrainingPlan, 'secondsPerEvaluatedSample'> & { mode: MeasuredMode }> {
  const forward = new ForwardPass(compile, (text) => reporter?.line(text));
  const network = forward.of(fuseLayers(model));
  try {
    for await (const batch of evaluator.data.inOrder()) {
      const run = async () => evaluator.decode(await evaluator.predict(network, batch), batch);
      await run();
      const started = performance.now();
      await run();
      const secondsPerEvaluatedSample = (performance.now() - started) / 1000 / batch.items.length;
      batch.release();
      return { secondsPerEvaluatedSample, mode: forward.decision ?? 'off' };
    }
    return { secondsPerEvaluatedSample: 0, mode: 'off' };
  } finally {
    network.dispose();
    await forward.dispose();
  }
}
