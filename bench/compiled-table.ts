import { version_core } from '@tensorflow/tfjs-core';
import type { CompiledResult, CompiledRow, TaskTiming } from './compiled';
import { describeMachine, table } from './shared';

const TASK = ['img/s', '/ PyTorch'];
const HEADINGS = ['', 'training ms', ...TASK, 'forward ms', ...TASK, 'compile s', 'GiB', 'computed by'];

/** Network and machine, a row for each way, and why numbers are missing. */
export function compiledTable({ model, batch, input, rows }: CompiledResult): string {
  const { cpu, cores, node } = describeMachine();
  const reasons = new Map<string, string[]>();
  for (const { way, reason } of rows) if (reason) reasons.set(reason, [...(reasons.get(reason) ?? []), way]);
  return [
    `${model}, ${input.join('x')}, batch ${batch}; ${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}, Node ${node}, TensorFlow.js ${version_core}`,
    '',
    table(
      HEADINGS,
      rows.map((row) => cellsOf(row, batch)),
    ),
    ...[...reasons].map(([reason, ways]) => `not measured (${ways.join('; ')}): ${reason}`),
  ].join('\n');
}

function cellsOf(row: CompiledRow, batch: number): string[] {
  const { way, runtime = '', train, forward, compileSeconds, memory } = row;
  const numbers = (timing: TaskTiming | undefined) =>
    timing
      ? [(1000 * timing.seconds).toFixed(0), (batch / timing.seconds).toFixed(1), timing.overPyTorch?.toFixed(2) ?? '']
      : ['', '', ''];
  const gibibytes = memory === undefined ? '' : (memory / 2 ** 30).toFixed(1);
  return [way, ...numbers(train), ...numbers(forward), compileSeconds?.toFixed(1) ?? '', gibibytes, runtime];
}
