import type { EngineKind } from '../engine-info';
import type { Measurement } from './bench-task';
import type { Timing } from './measure';
import type { PyTorchMeasurement } from './pytorch';
import type { BenchResult, TaskResult } from './report';

export interface EngineMeasurement {
  engine: EngineKind;
  measurement: Measurement;
}

/** One model's results, with what follows from the times: speeds, and ratios to PyTorch on the same kind of device. */
export function compare(
  model: string,
  batch: number,
  measured: readonly EngineMeasurement[],
  torch: readonly PyTorchMeasurement[],
): BenchResult[] {
  const macs = measured.at(0)?.measurement.macs;
  const task = (which: 'train' | 'forward', timing: Timing, threads?: number, reference?: Timing): TaskResult => {
    const flops = macs && 2 * macs * batch * (which === 'train' ? 3 : 1);
    const gflops = flops && flops / timing.seconds / 1e9;
    return {
      ...timing,
      imagesPerSecond: batch / timing.seconds,
      gflops,
      gflopsPerThread: gflops && threads && gflops / threads,
      toPyTorch: reference && timing.seconds / reference.seconds,
    };
  };
  const ours = measured.map(({ engine, measurement }): BenchResult => {
    const { info, tfjs, train, forward, memory } = measurement;
    const twin = torch.find(({ device }) => device === (engine === 'cuda' ? 'cuda' : 'cpu'));
    return {
      model,
      engine,
      from: `${info.package} ${tfjs}${info.tensorflow ? `, TensorFlow ${info.tensorflow}` : ''}`,
      threads: info.threads,
      train: task('train', train, info.threads, twin?.train),
      forward: task('forward', forward, info.threads, twin?.forward),
      memory,
    };
  });
  const theirs = torch.map(({ device, version, threads, train, forward, memory }): BenchResult => ({
    model,
    engine: `PyTorch ${device}`,
    from: `torch ${version}, channels_last`,
    threads,
    train: task('train', train, threads),
    forward: task('forward', forward, threads),
    memory,
  }));
  return [...ours, ...theirs];
}
