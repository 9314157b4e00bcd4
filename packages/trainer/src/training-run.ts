import { freeze, unfreeze } from '@pose/pose-models';
import type { ModelDescription } from '@pose/predictor';
import type { TrainingState } from './checkpoint/checkpoint-state';
import { loadCheckpoint, type StoredCheckpoint } from './checkpoint/load-checkpoint';
import { requireSameModel, restoreWeights } from './checkpoint/restore-weights';
import { saveCheckpoint } from './checkpoint/save-checkpoint';
import { WeightAverage } from './average/weight-average';
import type { TrainingBatch } from './data/training-data';
import { ForwardPass } from './evaluation/forward-pass';
import type { Optimizer } from './optimizer/optimizer';
import { phaseAt } from './phase';
import type { JsonValue } from './json-value';
import { Gradients } from './gradients/gradients';
import { noSums } from './running-sums';
import type { Reporter } from './run/reporter';
import { RunFolder } from './run/run-folder';
import type { Sampler } from './sampler/sampler';
import { ShuffledSampler } from './sampler/shuffled-sampler';
import type { Schedule } from './schedule/schedule';
import type { TrainOptions } from './train-options';
import { namedVariables, trainableVariables } from './train-step';
import { TrainerError } from './trainer-error';

/** All that changes while a model is trained, beside its weights. */
export class TrainingRun<B extends TrainingBatch = TrainingBatch, Targets = unknown> {
  readonly sampler: Sampler;
  readonly average: WeightAverage | undefined;
  /** Gradients and steps of the phase that the run is in; the model is up to date after its `sync`. */
  readonly gradients: Gradients<B, Targets>;
  /** Of evaluations. */
  readonly forward: ForwardPass;
  readonly #options: TrainOptions<B, Targets>;
  #optimizer!: Optimizer;
  #schedule!: Schedule;
  #frozen: RegExp | undefined;

  private constructor(
    options: TrainOptions<B, Targets>,
    readonly folder: RunFolder,
    readonly state: TrainingState,
    reporter: Reporter,
  ) {
    const { samples, seed } = options.task.data;
    this.#options = options;
    this.sampler = options.sampler ?? new ShuffledSampler({ samples, seed });
    if (options.averageDecay) this.average = new WeightAverage(options.averageDecay);
    const { compile = 'off' } = options;
    const decided = (decision = compile) => (compile === 'auto' ? decision : compile);
    const line = (text: string) => reporter.line(text);
    this.gradients = new Gradients({ ...options, compile: decided(state.compiled) }, line, state.lossScale);
    this.forward = new ForwardPass(decided(state.compiledEvaluation), line);
    this.#enterPhase();
  }

  /** A new run, with a first checkpoint: a kill at any moment leaves something to resume, and a full disk shows at once. */
  static async start<B extends TrainingBatch, Targets>(
    options: TrainOptions<B, Targets>,
    reporter: Reporter,
  ): Promise<TrainingRun<B, Targets>> {
    const { samples, batchSize, seed } = options.task.data;
    const state: TrainingState = {
      epoch: 0,
      batch: 0,
      step: 0,
      stepsBeforePhase: 0,
      epochsBeforePhase: 0,
      evaluated: 0,
      seed,
      data: { samples, batchSize },
      evaluationsSinceBest: 0,
      running: noSums(),
    };
    const run = new TrainingRun(options, await RunFolder.create(options.out, options.config), state, reporter);
    await run.saveLast();
    return run;
  }

  /**
   * The run that `out` holds, where its checkpoint `last` left it.
   *
   * @throws TrainerError when there is none, or it is one of another model, optimizer, sampler, seed, data set or batch
   *   size, or the phase that it is in began at another epoch
   */
  static async resume<B extends TrainingBatch, Targets>(
    options: TrainOptions<B, Targets>,
    reporter: Reporter,
  ): Promise<TrainingRun<B, Targets>> {
    const { model, description, out } = options;
    const checkpoint = await loadCheckpoint(`${out}/checkpoints/last`);
    requireSameModel(checkpoint, description);
    requireSameOrder(checkpoint, options);
    requireSamePhase(checkpoint, options);
    const { state, optimizer, average } = checkpoint;
    if (!optimizer) throw new TrainerError(`${checkpoint.folder} has no optimizer state; it cannot be resumed.`);
    restoreWeights(model, checkpoint);
    const run = new TrainingRun(options, await RunFolder.reopen(out, state), state, reporter);
    run.#optimizer.restore(optimizer, trainableVariables(model));
    if (state.schedule !== undefined) run.#schedule.restore?.(state.schedule);
    if (state.sampler !== undefined) restoreSampler(run.sampler, state.sampler, checkpoint);
    if (average) run.average?.restore(average, namedVariables(model.weights));
    return run;
  }

  get optimizer(): Optimizer {
    return this.#optimizer;
  }

  get schedule(): Schedule {
    return this.#schedule;
  }

  /** Moves to the start of the next epoch, into the next phase where it is due. */
  async finishEpoch(): Promise<void> {
    const { state } = this;
    Object.assign(state, { epoch: state.epoch + 1, batch: 0, running: noSums() });
    const { firstEpoch } = phaseAt(this.#options.phases, state.epoch);
    if (firstEpoch === state.epochsBeforePhase) return;
    await this.#leavePhase();
    Object.assign(state, { stepsBeforePhase: state.step, epochsBeforePhase: firstEpoch });
    this.#enterPhase();
  }

  /** Writes the checkpoint `last`, to resume from. */
  async saveLast(): Promise<void> {
    const { state, folder, average, sampler } = this;
    state.schedule = this.#schedule.state?.();
    state.sampler = sampler.state?.();
    state.compiled = this.gradients.decision;
    state.compiledEvaluation = this.forward.decision;
    state.lossScale = this.gradients.lossScale?.state();
    await this.gradients.sync();
    await folder.flush();
    const { model, config } = this.#options;
    await saveCheckpoint(folder.file('checkpoints', 'last'), {
      model,
      description: this.#description(),
      state,
      config,
      optimizer: this.#optimizer.state(),
      average: average?.state(),
    });
  }

  /** Writes the checkpoint `best`, to use. */
  async saveBest(): Promise<void> {
    const { state, folder } = this;
    const { model, config } = this.#options;
    const description = this.#description();
    await saveCheckpoint(folder.file('checkpoints', 'best'), { model, description, state, config });
  }

  /** With how the network is read, unless the description says so already. */
  #description(): ModelDescription {
    const { description, task } = this.#options;
    return { prediction: task.evaluator.prediction, ...description };
  }

  /** Does something with the averaged weights in the model, where there are such. */
  async withAverage<T>(action: () => Promise<T>): Promise<T> {
    if (!this.average) return action();
    return this.average.whileAveraged(namedVariables(this.#options.model.weights), action);
  }

  /** Frees the optimizer, the average and what was compiled; frozen layers can be trained again. */
  async dispose(): Promise<void> {
    await this.#leavePhase();
    await this.forward.dispose();
    this.average?.dispose();
  }

  #enterPhase(): void {
    const { phases, model } = this.#options;
    const { optimizer, schedule, frozen } = phaseAt(phases, this.state.epoch).phase;
    this.#optimizer = optimizer();
    this.#schedule = schedule();
    this.#frozen = frozen;
    if (frozen) freeze(model, frozen);
  }

  async #leavePhase(): Promise<void> {
    await this.gradients.forget();
    this.#optimizer.dispose();
    if (this.#frozen) unfreeze(this.#options.model, this.#frozen);
    this.#frozen = undefined;
  }
}

/** A phase's optimizer and the steps of its schedule are those of the phase that was left. */
function requireSamePhase<B extends TrainingBatch, Targets>(
  { folder, state }: StoredCheckpoint,
  { phases }: TrainOptions<B, Targets>,
): void {
  const { firstEpoch } = phaseAt(phases, state.epoch);
  if (firstEpoch !== state.epochsBeforePhase) {
    throw new TrainerError(
      `${folder}: phases: expected epoch ${state.epoch} in a phase that begins at epoch ${firstEpoch}, found one that ` +
        `began at epoch ${state.epochsBeforePhase}. A run resumes in the phase that it is in; later ones may change.`,
    );
  }
}

function restoreSampler(sampler: Sampler, state: JsonValue, { folder }: StoredCheckpoint): void {
  if (!sampler.restore) {
    throw new TrainerError(`${folder}: expected a sampler that keeps a state. A run resumes with its own sampler.`);
  }
  sampler.restore(state);
}

/** A position in an epoch means the same samples only with the same seed, data and batch size. */
function requireSameOrder<B extends TrainingBatch, Targets>(
  { folder, state }: StoredCheckpoint,
  { task: { data } }: TrainOptions<B, Targets>,
): void {
  const wanted = { seed: data.seed, 'samples to train on': data.samples, 'batch size': data.batchSize };
  const found = { seed: state.seed, 'samples to train on': state.data.samples, 'batch size': state.data.batchSize };
  for (const name of Object.keys(wanted) as (keyof typeof wanted)[]) {
    if (wanted[name] !== found[name]) {
      throw new TrainerError(
        `${folder}: ${name}: expected ${wanted[name]}, found ${found[name]}. A run resumes with its own.`,
      );
    }
  }
}
