import { describeUnavailable } from './format-unavailable';
import type { BenchReport, BenchResult, TaskResult } from './report';
import { table } from './table';

const HEADINGS = ['engine', 'task', 'img/s', 'ms', 'GFLOP/s', 'per thread', 'to PyTorch', 'runs', 'memory', 'from'];

/** The report for people: a table per model, two rows per engine. */
export function formatBench({ machine, input, batch, results, unavailable }: BenchReport): string {
  const { cpu, cores, gpus, node } = machine;
  const device = [cpu, ...gpus.map(({ name }) => name)].join(', ');
  const lines = [
    `${device}, ${cores} ${cores === 1 ? 'core' : 'cores'}, Node ${node}; ${input.join('x')}, batch ${batch}, float32`,
  ];
  for (const model of new Set(results.map((result) => result.model))) {
    const rows = results.filter((result) => result.model === model).flatMap(rowsOf);
    lines.push('', model, '', table(HEADINGS, rows));
  }
  lines.push('', ...describeUnavailable(unavailable));
  if (results.length > 0) {
    lines.push(
      `to PyTorch: time over PyTorch's, on the same device. memory: the most that the process held. GFLOP/s: two per ` +
        'multiply-add of the convolutions, a training step counted as three forward passes.',
      'forward: with batch normalisation folded and neighbouring layers fused (fuseLayers); in PyTorch the model as it is.',
    );
  }
  return `${lines.join('\n')}\n`;
}

function rowsOf({ engine, from, threads, train, forward, memory }: BenchResult): string[][] {
  const numbers = ({ imagesPerSecond, seconds, gflops, gflopsPerThread, toPyTorch, runs }: TaskResult) => [
    imagesPerSecond.toFixed(1),
    (1000 * seconds).toFixed(0),
    gflops?.toFixed(1) ?? '-',
    gflopsPerThread?.toFixed(1) ?? '-',
    toPyTorch?.toFixed(2) ?? '-',
    `${runs}`,
  ];
  const [host, gpu] = [memory.process, memory.device].map((bytes) =>
    bytes === undefined ? '' : `${(bytes / 2 ** 20).toFixed(0)} MiB`,
  );
  const where = threads === undefined ? from : `${from}; ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return [
    [engine, 'training', ...numbers(train), host || '-', where],
    ['', 'forward', ...numbers(forward), gpu && `GPU ${gpu}`, ''],
  ];
}
