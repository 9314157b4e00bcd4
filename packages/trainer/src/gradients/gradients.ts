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
import { BatchGraphs, type Compiled } from './batch-graphs';
import { RUNTIME_NAMES, type CompileMode } from './compile-mode';
import { CompiledPass } from './compiled-pass';
import { CompiledStep } from './compiled-step';
import { LossScale, type LossScaleState } from './loss-scale';
import { measureStep } from './measure-step';
import { timeOpByOp } from './time-op-by-op';

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

/** Beside these the engine is WebAssembly on the CPU: a batch of a ResNet-18 that took an H200 0.3 s took it 20 s. */
const GPU_RUNTIMES: readonly (Runtime | undefined)[] = ['onnx-webgpu', 'onnx-cuda'];

/**
 * Gradients of a run's batches, and steps along them, op by op or compiled. What fails to compile or to run goes on op by
 * op, and says so once. Batches smaller than the task's go op by op where that works, but beside a GPU through a graph of
 * their own. Steps that a runtime takes stay there: the model and the optimizer are up to date after `sync`.
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
  readonly #graphs: BatchGraphs<B, Targets>;
  /** Whether smaller batches are compiled, too. */
  #compilesSmaller: boolean;
  /** That the graphs were compiled for, where it matters. */
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
    this.#graphs = new BatchGraphs(options.task.data.batchSize);
    this.#compilesSmaller = GPU_RUNTIMES.includes(this.#runtime);
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
    if (!gradients) this.#graphs.step?.countStep();
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
    await this.#graphs.sync();
  }

  /** Frees what was compiled, for other trainable weights, say, after a `sync`; it is compiled anew when it is needed. */
  async forget(): Promise<void> {
    await this.#graphs.forget();
  }

  async #pass(batch: B, epoch: number, move?: Move): Promise<PassResult> {
    const runtime = this.#runtime;
    const isFull = batch.items.length === this.#options.task.data.batchSize;
    if (runtime && (isFull || this.#compilesSmaller)) {
      try {
        if (isFull && this.#undecided) await this.#decide(batch, epoch, runtime, move);
        if (this.#runtime) return await this.#passAsGraph(batch, epoch, runtime, move);
      } catch (error) {
        const { message } = failureOf(error);
        if (isFull) await this.#giveUp(`Training goes on ${this.#opByOp}: ${message}`);
        else this.#compileSmaller(false, `Smaller batches go ${this.#opByOp}: ${message}`);
      }
    }
    await this.sync();
    try {
      return computeGradients(this.#options.model, this.#options.task, batch, epoch);
    } catch (error) {
      if (isFull || !this.#runtime) throw error;
      return this.#rescue(batch, epoch, this.#runtime, failureOf(error), move);
    }
  }

  async #passAsGraph(batch: B, epoch: number, runtime: Runtime, move?: Move): Promise<PassResult> {
    const compiled = await this.#graphFor(batch, epoch, runtime, move);
    return compiled.run(batch, move?.learningRate ?? 0);
  }

  /** A smaller batch as a graph after it failed op by op. @throws failure where that fails as well */
  async #rescue(batch: B, epoch: number, runtime: Runtime, failure: Error, move?: Move): Promise<PassResult> {
    const result = await this.#passAsGraph(batch, epoch, runtime, move).catch((error: unknown) => {
      failureOf(error);
      throw failure;
    });
    this.#compileSmaller(true, `Smaller batches go as a graph, too; ${this.#opByOp} they fail: ${failure.message}`);
    return result;
  }

  /** Moves the weights, if they have not been, and shows the model to what watches it. */
  async #finish({ gradients, ...result }: PassResult, { optimizer, learningRate }: Move): Promise<StepResult> {
    const { model, clipNorm } = this.#options;
    if (gradients) moveWeights(model, optimizer, gradients, { learningRate, clipNorm });
    else if (this.#isWatched) await this.#graphs.step?.syncModel();
    return result;
  }

  async #graphFor(batch: B, epoch: number, runtime: Runtime, move?: Move): Promise<Compiled<B, Targets>> {
    if (this.#options.task.weigh && epoch !== this.#epoch) await this.forget();
    this.#epoch = epoch;
    return this.#graphs.of(batch.items.length, () => this.#compile(batch, epoch, runtime, move?.optimizer));
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
  async #decide(batch: B, epoch: number, runtime: Runtime, move?: Move): Promise<void> {
    const { model, task, phases, precision = 'float32' } = this.#options;
    this.#undecided = false;
    const compiled = await this.#graphFor(batch, epoch, runtime, move);
    const trial = { optimizer: phaseAt(phases, epoch).phase.optimizer(), learningRate: 0 };
    const measure = (pass: () => Promise<PassResult>) =>
      measureStep(model, async () => this.#finish(await pass(), trial));
    try {
      const asGraph = await measure(() => compiled.run(batch, 0)).finally(() => this.#graphs.step?.discard());
      const opByOp = await timeOpByOp(this.#opByOp, () =>
        measure(async () => computeGradients(model, task, batch, epoch)),
      );
      const name = RUNTIME_NAMES[runtime];
      const graph = precision === 'float32' ? `one graph of ${name}` : `one graph of ${name} in ${precision}`;
      const times = `${Math.round(asGraph)} ms a batch as ${graph}${opByOp.words}`;
      if (asGraph < opByOp.milliseconds) this.#line(`Compiled: ${times}`);
      else await this.#giveUp(`Not compiled: ${times}`);
    } finally {
      trial.optimizer.dispose();
    }
  }

  #compileSmaller(compilesSmaller: boolean, reason: string): void {
    this.#compilesSmaller = compilesSmaller;
    this.#line(reason);
  }

  async #giveUp(reason: string): Promise<void> {
    this.#runtime = undefined;
    this.#line(reason);
    await this.forget();
  }
}

/** What went wrong with one way to run a batch. @throws LossNotFiniteError where it is that: so it is any other way */
function failureOf(error: unknown): Error {
  if (error instanceof LossNotFiniteError) throw error;
  return error as Error;
}
