import type { TrainingState } from './checkpoint/checkpoint-state';
import { loadCheckpoint, type StoredCheckpoint } from './checkpoint/load-checkpoint';
import { requireSameModel, restoreWeights } from './checkpoint/restore-weights';
import { saveCheckpoint } from './checkpoint/save-checkpoint';
import { Adam } from './optimizer/adam';
import { RunFolder } from './run/run-folder';
import type { TrainOptions } from './train-options';
import { trainableVariables } from './train-step';
import { TrainerError } from './trainer-error';

/** All that changes while a model is trained, beside its weights. */
export interface TrainingRun {
  folder: RunFolder;
  optimizer: Adam;
  state: TrainingState;
  /** Writes the checkpoint `last`, to resume from. */
  saveLast(): Promise<void>;
  /** Writes the checkpoint `best`, to use. */
  saveBest(): Promise<void>;
}

/** A new run, with a first checkpoint: a kill at any moment leaves something to resume, and a full disk shows at once. */
export async function startRun(options: TrainOptions): Promise<TrainingRun> {
  const { samples, batchSize } = options.train.loader;
  const state: TrainingState = {
    epoch: 0,
    batch: 0,
    step: 0,
    evaluated: 0,
    seed: options.seed,
    data: { samples, batchSize },
    running: { loss: 0, accuracy: 0, samples: 0 },
  };
  const run = trainingRun(options, await RunFolder.create(options.out, options.config), new Adam(), state);
  await run.saveLast();
  return run;
}

/**
 * The run that `out` holds, where its checkpoint `last` left it.
 *
 * @throws TrainerError when there is none, or it is one of another model, seed, data set or batch size
 */
export async function resumeRun(options: TrainOptions): Promise<TrainingRun> {
  const { model, description, out } = options;
  const checkpoint = await loadCheckpoint(`${out}/checkpoints/last`);
  requireSameModel(checkpoint, description);
  requireSameOrder(checkpoint, options);
  if (!checkpoint.optimizer)
    throw new TrainerError(`${checkpoint.folder} has no optimizer state; it cannot be resumed.`);
  restoreWeights(model, checkpoint);
  const optimizer = new Adam();
  optimizer.restore(checkpoint.optimizer, trainableVariables(model));
  const { state } = checkpoint;
  return trainingRun(options, await RunFolder.reopen(out, state), optimizer, state);
}

function trainingRun(
  { model, description, config }: TrainOptions,
  folder: RunFolder,
  optimizer: Adam,
  state: TrainingState,
): TrainingRun {
  const save = (name: string, withOptimizer: boolean) =>
    saveCheckpoint(folder.file('checkpoints', name), {
      model,
      description,
      state,
      optimizer: withOptimizer ? optimizer.state() : undefined,
      config,
    });
  return {
    folder,
    optimizer,
    state,
    saveLast: async () => {
      await folder.flush();
      await save('last', true);
    },
    saveBest: () => save('best', false),
  };
}

/** A position in an epoch means the same samples only with the same seed, data and batch size. */
function requireSameOrder({ folder, state }: StoredCheckpoint, { seed, train: { loader } }: TrainOptions): void {
  const wanted = { seed, 'people to train on': loader.samples, 'batch size': loader.batchSize };
  const found = { seed: state.seed, 'people to train on': state.data.samples, 'batch size': state.data.batchSize };
  for (const name of Object.keys(wanted) as (keyof typeof wanted)[]) {
    if (wanted[name] !== found[name]) {
      throw new TrainerError(
        `${folder}: ${name}: expected ${wanted[name]}, found ${found[name]}. A run resumes with its own.`,
      );
    }
  }
}
