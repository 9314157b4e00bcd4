import { availableParallelism } from 'node:os';
import { describeMachine } from '../doctor/machine';
import type { EngineKind } from '../engine-info';
import type { BenchSettings } from './bench-task';
import { compare, type EngineMeasurement } from './compare';
import { chooseModels } from './models';
import { findPyTorch, measurePyTorch, type PyTorchMeasurement } from './pytorch';
import type { BenchReport, BenchResult } from './report';
import { runTask } from './run-task';

export interface BenchOptions extends BenchSettings {
  engines: EngineKind[];
  /** As `listModels()` of @pose/pose-models names them; by default those of DEFAULT_MODELS that it has. */
  models?: string[];
}

/** Every model on every engine and in PyTorch, one after the other, each in its own process. @param onStart for progress */
export async function runBench(options: BenchOptions, onStart: (what: string) => void): Promise<BenchReport> {
  const { models, unavailable } = chooseModels(options.models);
  const { engines, input, batch, seconds } = options;
  const settings = { input, batch, seconds };
  const pyTorch = await findPyTorch();
  if ('reason' in pyTorch) unavailable.push({ model: 'all', engine: 'PyTorch', reason: pyTorch.reason });
  const results: BenchResult[] = [];
  for (const model of models) {
    const measured: EngineMeasurement[] = [];
    for (const engine of engines) {
      onStart(`${model} on ${engine}`);
      const answer = await runTask({ ...settings, engine, model, profile: false });
      if ('measured' in answer) measured.push({ engine, measurement: answer.measured });
      else if ('error' in answer) unavailable.push({ model, engine, reason: answer.error });
    }
    // As many threads as the engine that has most.
    const ours = measured.flatMap(({ measurement }) => measurement.info.threads ?? []);
    const threads = ours.length > 0 ? Math.max(...ours) : availableParallelism();
    const torch: PyTorchMeasurement[] = [];
    for (const device of 'devices' in pyTorch ? pyTorch.devices : []) {
      onStart(`${model} in PyTorch on ${device}`);
      const outcome = await measurePyTorch({ ...settings, model, device }, threads);
      if ('reason' in outcome) unavailable.push({ model, engine: `PyTorch ${device}`, reason: outcome.reason });
      else torch.push(outcome);
    }
    results.push(...compare(model, batch, measured, torch));
  }
  return { machine: describeMachine(), ...settings, results, unavailable };
}
