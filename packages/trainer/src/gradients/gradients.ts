import { dispose } from '@tensorflow/tfjs-core';
import { defaultRuntime, type Runtime } from '@pose/tfjs-compile';
import type { TrainingBatch } from '../data/training-data';
import { isGraphOptimizer } from '../optimizer/graph-optimizer';
import { moveWeights } from '../optimizer/move-weights';
import type { Optimizer } from '../optimizer/optimizer';
import { phaseAt } from '../phase';
import type { TrainOptions } from '../train-options';
import { computeGradients, type GradientResult, type StepResult } from '../train-step';
import { LossNotFiniteError } from '../trainer-error';
import { RUNTIME_NAMES, type CompileMode } from './compile-mode';
import { CompiledPass } from './compiled-pass';
import { CompiledStep } from './compiled-step';
import { LossScale, type LossScaleState } from './loss-scale';
import { measureStep } from './measure-step';

type Options<B extends TrainingBatch, Targets> = Pick<
  TrainOptions<B, Targets>,
  'model' | 'task' | 'phases' | 'compile' | 'precision' | 'clipNorm' | 'averageDecay' | 'hooks'
>;

interface Move {
  optimizer: Optimizer;
  learningRate: number;
}

/** Without gradients, the weights have been moved along them. */
type PassResult = StepResult & Partial<GradientResult>;

type Compiled<B extends TrainingBatch, Targets> = CompiledPass<B, Targets> | CompiledStep<B, Targets>;

/**
 * Gradients of a run's batches, and steps along them, op by op or compiled. What fails to compile or to run goes on op by
 * op, and says so once. Batches smaller than the task's always do. Steps that a runtime takes stay there: the model and the
 * optimizer are up to date after `sync`.
 */
export class Gradients<B extends TrainingBatch, Targets> {
  readonly #options: Options<B, Targets>;
  readonly #line: (text: string) => void;
  /** Of float16 alone. */
  readonly lossScale: LossScale | undefined;
  /** Whether something looks at the model after each step. */
  readonly #isWatched: boolean;
  /** Absent where batches go op by op, from the start or from a failure on. */
  #runtime: Runtime | undefined;
  /** Whether it is still to be measured which way is faster. */
  #undecided: boolean;
  #compiled: Compiled<B, Targets> | undefined;
  /** That it was compiled for, where it matters. */
  #epoch = 0;

  /**
   * @param line       receives what was chosen and why, one line each
   * @param lossScale  where a run that goes on left it
   */
  constructor(options: Options<B, Targets>, line: (text: string) => void, lossScale?: LossScaleState) {
    const { compile = 'off', averageDecay, hooks = [] } = options;
    if (options.precision === 'float16') this.lossScale = new LossScale(lossScale);
    this.#options = options;
    this.#line = line;
    this.#isWatched = averageDecay !== undefined || hooks.some(({ onStep }) => onStep);
    this.#undecided = compile === 'auto';
    this.#runtime = compile === 'off' ? undefined : compile === 'auto' ? defaultRuntime() : compile;
  }

  /** The way that batches go, once it is decided. */
  get decision(): Exclude<CompileMode, 'auto'> | undefined {
    return this.#undecided ? undefined : (this.#runtime ?? 'off');
  }

  /** How batches go without a graph, in words. */
  get #opByOp(): string {
    return (this.#options.precision ?? 'float32') === 'float32' ? 'op by op' : 'op by op in float32';
  }

  /** As `computeGradients`; gradients may have overflowed. */
  async compute(batch: B, epoch: number): Promise<GradientResult> {
    return (await this.#pass(batch, epoch)) as GradientResult;
  }

  /**
   * An optimizer step on one batch.
   *
   * @param optimizer  the same until `forget`
   * @throws as `computeGradients`
   */
  async step(batch: B, epoch: number, optimizer: Optimizer, learningRate: number): Promise<StepResult> {
    const move = { optimizer, learningRate };
    const made = await this.#pass(batch, epoch, move);
    const { gradients, ...result } = made;
    if (!this.accepts(result)) {
      if (gradients) dispose(gradients);
      return result;
    }
    if (!gradients) this.#step?.countStep();
    return this.#finish(made, move);
  }

  /**
   * Whether the weights may move by what a step's batches gave: not where gradients overflowed. Moves the loss scale, so
   * call it once a step.
   */
  accepts({ overflowed }: Pick<StepResult, 'overflowed'>): boolean {
    if (overflowed !== undefined) this.lossScale?.update(overflowed);
    return !overflowed;
  }

  /** Brings the model and the optimizer up to date. */
  async sync(): Promise<void> {
    await this.#step?.sync();
  }

  /** Frees what was compiled, for other trainable weights, say, after a `sync`; it is compiled anew when it is needed. */
  async forget(): Promise<void> {
    const compiled = this.#compiled;
    try {
      await this.sync();
    } finally {
      this.#compiled = undefined;
      await compiled?.dispose();
    }
  }

  /** What was compiled, where it moves the weights. */
  get #step(): CompiledStep<B, Targets> | undefined {
    return this.#compiled instanceof CompiledStep ? this.#compiled : undefined;
  }

  async #pass(batch: B, epoch: number, move?: Move): Promise<PassResult> {
    const { model, task } = this.#options;
    const isFull = batch.items.length === task.data.batchSize;
    if (this.#runtime && isFull) {
      try {
        const compiled = await this.#compiledFor(batch, epoch, this.#runtime, move);
        if (compiled) return await compiled.run(batch, move?.learningRate ?? 0);
      } catch (error) {
        if (error instanceof LossNotFiniteError) throw error;
        await this.#giveUp(`Training goes on ${this.#opByOp}: ${(error as Error).message}`);
      }
    }
    await this.sync();
    return computeGradients(model, task, batch, epoch);
  }

  /** Moves the weights, if they have not been, and shows the model to what watches it. */
  async #finish({ gradients, ...result }: PassResult, { optimizer, learningRate }: Move): Promise<StepResult> {
    const { model, clipNorm } = this.#options;
    if (gradients) moveWeights(model, optimizer, gradients, { learningRate, clipNorm });
    else if (this.#isWatched) await this.#step?.syncModel();
    return result;
  }

  async #compiledFor(batch: B, epoch: number, runtime: Runtime, move?: Move) {
    if (this.#compiled && this.#options.task.weigh && epoch !== this.#epoch) await this.forget();
    this.#epoch = epoch;
    this.#compiled ??= await this.#compile(batch, epoch, runtime, move?.optimizer);
    if (this.#undecided) await this.#decide(batch, epoch, this.#compiled, runtime);
    return this.#compiled;
  }

  async #compile(batch: B, epoch: number, runtime: Runtime, optimizer?: Optimizer): Promise<Compiled<B, Targets>> {
    const { model, task, clipNorm, precision } = this.#options;
    const { lossScale } = this;
    // Beside ONNX Runtime on the CPU, the engine's own optimizer step is a small part: 2.7 of 74 ms in the demo.
    if (runtime !== 'onnx' && optimizer && isGraphOptimizer(optimizer)) {
      return CompiledStep.compile(model, task, optimizer, batch, { runtime, clipNorm, epoch, precision, lossScale });
    }
    return CompiledPass.compile(model, task, batch, epoch, runtime, { precision, lossScale });
  }

  /** Measures one step each way, and leaves the model and the run's optimizer as they were. */
  async #decide(batch: B, epoch: number, compiled: Compiled<B, Targets>, runtime: Runtime): Promise<void> {
    const { model, task, phases, precision = 'float32' } = this.#options;
    this.#undecided = false;
    const move = { optimizer: phaseAt(phases, epoch).phase.optimizer(), learningRate: 0 };
    const measure = (pass: () => Promise<PassResult>) =>
      measureStep(model, async () => this.#finish(await pass(), move));
    try {
      const asGraph = await measure(() => compiled.run(batch, 0)).finally(() => this.#step?.discard());
      const opByOp = await measure(async () => computeGradients(model, task, batch, epoch));
      const name = RUNTIME_NAMES[runtime];
      const graph = precision === 'float32' ? `one graph of ${name}` : `one graph of ${name} in ${precision}`;
      const times = `${Math.round(asGraph)} ms a batch as ${graph}, ${Math.round(opByOp)} ms ${this.#opByOp}`;
      if (asGraph < opByOp) this.#line(`Compiled: ${times}.`);
      else await this.#giveUp(`Not compiled: ${times}.`);
    } finally {
      move.optimizer.dispose();
    }
  }

  async #giveUp(reason: string): Promise<void> {
    this.#runtime = undefined;
    this.#line(reason);
    await this.forget();
  }
}
