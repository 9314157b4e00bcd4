import type { TrainingBatch } from '../data/training-data';
import { ShuffledSampler } from '../sampler/shuffled-sampler';
import type { Task } from '../task/task';

/** Full training batches in shuffled order, from the first epoch on and as many as are read; smaller ones where there are no others. */
export async function* trainingBatches<B extends TrainingBatch>({
  data,
}: Pick<Task<B, never>, 'data'>): AsyncGenerator<B> {
  const sampler = new ShuffledSampler({ samples: data.samples, seed: data.seed });
  const full = Math.min(data.batchSize, data.samples);
  for (let epoch = 0; ; epoch++) {
    for await (const batch of data.chosen(sampler.order(epoch), epoch, 0)) {
      if (batch.items.length >= full) yield batch;
      batch.release();
    }
  }
}
