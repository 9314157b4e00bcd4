import { RUNTIME_NAMES } from '../gradients/compile-mode';
import type { TrainingPlan } from './plan-training';

/** A plan as lines of text. */
export function formatPlan(plan: TrainingPlan): string {
  const number = (value: number) => value.toLocaleString('en');
  const { parameters, memory, compiled } = plan;
  return [
    `network      ${plan.name}, ${number(parameters.total)} parameters, ${number(parameters.trainable)} of them trained`,
    `data         ${number(plan.samples)} samples in ${number(plan.batches)} batches of ${plan.batchSize}; ` +
      `${number(plan.evaluationSamples)} to evaluate`,
    ...plan.phases.map(
      ({ epochs, optimizer, firstRate, lastRate, frozen }) =>
        `phase        ${epochs} epochs of ${number(plan.stepsPerEpoch)} steps, ${optimizer}, learning rate ` +
        `${firstRate.toPrecision(3)} to ${lastRate.toPrecision(3)}${frozen ? `, ${frozen} frozen` : ''}`,
    ),
    `evaluations  ${plan.evaluations}`,
    `time         ${duration(plan.seconds)}: ${(plan.batchSize / plan.secondsPerBatch).toFixed(1)} img/s in training, ` +
      `${way(compiled.training)}; ${(1 / plan.secondsPerEvaluatedSample).toFixed(1)} img/s in evaluation, ` +
      `${way(compiled.evaluation)}; data loading beside it`,
    `memory       ${mebibytes(memory.process)} of this process, ${mebibytes(memory.kept)} of it weights and optimizer`,
  ].join('\n');
}

const way = (mode: TrainingPlan['compiled']['training']) =>
  mode === 'off' ? 'op by op' : `compiled for ${RUNTIME_NAMES[mode]}`;

const mebibytes = (bytes: number) => `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MiB`;

function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return `${Math.ceil(seconds)} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
