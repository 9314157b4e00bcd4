import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { NamedTensorMap, Tensor, Tensor1D, Variable } from '@tensorflow/tfjs-core';
import { EngineError } from '../engine-error';
import type { TrainingBatch } from './synthetic-batch';

/** A tf.layers model, as far as it is needed here. */
export interface Model {
  outputs: { shape: (number | null)[] }[];
  trainableWeights: { originalName: string; read(): Tensor }[];
  apply(images: Tensor, options?: { training: boolean }): unknown;
}

/** Adam of @pose/trainer. */
export interface Optimizer {
  apply(variables: Record<string, Variable>, gradients: NamedTensorMap, learningRate: number): void;
}

/** What @pose/trainer minimises, as far as it is made here. */
export interface Objective<Targets> {
  targets(batch: TrainingBatch, model: Model): Targets;
  loss(outputs: readonly Tensor[], targets: Targets): { perSample: Tensor1D };
}

/** What is measured: parts of @pose/pose-models and @pose/trainer, which this package must not depend on. */
export interface ModelPackages {
  createModel(name: string, options: { inputSize: [width: number, height: number]; seed: number }): Model;
  listModels(): { name: string }[];
  summary(model: Model): { macs: number };
  /** The model for inference. */
  fuseLayers(model: Model): Pick<Model, 'apply'>;
  trainStep<Targets>(
    model: Model,
    objective: Objective<Targets>,
    optimizer: Optimizer,
    batch: TrainingBatch,
    learningRate: number,
  ): unknown;
  /** What trainStep minimises for a network of one output: weighted joints MSE. */
  HEATMAP_OBJECTIVE: Objective<unknown>;
  Adam: new () => Optimizer;
}

const NAMES = ['@pose/pose-models', '@pose/trainer'];

/**
 * Loads the packages that the project in `folder` has installed.
 *
 * @throws EngineError with the command that installs them when one is missing
 */
export function loadModelPackages(folder: string): ModelPackages {
  const require = createRequire(join(folder, 'package.json'));
  const missing = NAMES.filter((name) => {
    try {
      require.resolve(name);
      return false;
    } catch {
      return true;
    }
  });
  if (missing.length > 0) {
    throw new EngineError(
      `bench measures the models of @pose/pose-models in the training step of @pose/trainer, but from ${folder} ` +
        `there is no ${missing.join(' and no ')}. Install them there: npm install ${NAMES.join(' ')} @tensorflow/tfjs-layers`,
    );
  }
  return Object.assign({}, ...NAMES.map((name) => require(name) as object)) as ModelPackages;
}
