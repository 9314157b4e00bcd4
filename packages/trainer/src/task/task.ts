import type { TrainingBatch, TrainingData } from '../data/training-data';
import type { Evaluator } from '../evaluation/evaluator';
import type { Objective } from './objective';

/**
 * What a network is trained for: data, targets, loss, decoding and metric. `topDownTask` and `bottomUpTask` make one; as
 * it is a plain object, each part can be replaced:
 *
 *     const task = topDownTask({ train, val, description });
 *     const hard = { ...task, loss: (outputs, targets) => ({ perSample: ohkmMse(...) }) };
 */
export interface Task<B extends TrainingBatch = TrainingBatch, Targets = unknown> extends Objective<B, Targets> {
  /** The samples to train on. */
  data: TrainingData<B>;
  /** The samples to evaluate on, and how: decoding and metric. */
  evaluator: Evaluator<B>;
}
