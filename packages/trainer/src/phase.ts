import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Optimizer } from './optimizer/optimizer';
import type { Schedule } from './schedule/schedule';
import { TrainerError } from './trainer-error';

/** Epochs that are trained alike. Pre-training with a rate of its own and a frozen trunk are phases before the main one. */
export interface Phase {
  epochs: number;
  /** A new one is made at the phase's start. */
  optimizer: () => Optimizer;
  schedule: () => Schedule;
  /** Layers whose weights stay as they are, by name; see `freeze` of pose-models. */
  frozen?: RegExp;
}

export interface PhasePosition {
  phase: Phase;
  /** Epoch in the whole run at which the phase begins. */
  firstEpoch: number;
}

/** The phase that an epoch (from 0) belongs to; after the last epoch, the last phase. */
export function phaseAt(phases: readonly Phase[], epoch: number): PhasePosition {
  let firstEpoch = 0;
  for (const phase of phases.slice(0, -1)) {
    if (epoch < firstEpoch + phase.epochs) return { phase, firstEpoch };
    firstEpoch += phase.epochs;
  }
  return { phase: phases[phases.length - 1], firstEpoch };
}

export function totalEpochs(phases: readonly Phase[]): number {
  return phases.reduce((sum, { epochs }) => sum + epochs, 0);
}

/**
 * Makes each phase's optimizer and schedule once: a mistake in a later phase shows before the first one is trained.
 *
 * @throws TrainerError when there is no phase, one has no whole number of epochs, an option of its optimizer or schedule
 *   is out of range, or `frozen` matches no layer that has weights
 */
export function checkPhases(phases: readonly Phase[], { layers }: Pick<LayersModel, 'layers'>): void {
  if (phases.length === 0) throw new TrainerError('phases: expected at least one, found none.');
  for (const [i, { epochs, frozen, optimizer, schedule }] of phases.entries()) {
    const name = (option: string) => (phases.length === 1 ? option : `phases[${i}].${option}`);
    if (!Number.isSafeInteger(epochs) || epochs < 1) {
      throw new TrainerError(`${name('epochs')}: expected a whole number, 1 or more, found ${epochs}.`);
    }
    optimizer().dispose();
    schedule();
    if (frozen && !layers.some((layer) => layer.weights.length > 0 && layer.name.search(frozen) >= 0)) {
      throw new TrainerError(
        `${name('frozen')}: expected a pattern that matches layers of the model, found ${frozen}, which matches none.`,
      );
    }
  }
}
