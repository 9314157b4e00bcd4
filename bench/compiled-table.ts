import { version_core } from '@tensorflow/tfjs-core';
import type { CompiledResult, CompiledRow, TaskTiming } from './compiled';
import { describeMachine, table } from './shared';

const TASK = ['ms', 'img/s', '/ PyTorch'];
const HEADINGS = ['', ...TASK.map((what) => `training ${what}`), ...TASK.map((what) => `forward ${what}`)];

/** Network and machine, a row for each way, and why numbers are missing. */
export function compiledTable({ model, batch, input, rows }: CompiledResult): string {
  const { cpu, cores, node } = describeMachine();
  const runtimes = [...new Set(rows.flatMap(({ runtime }) => runtime ?? []))];
  return [
    `${model}, ${input.join('x')}, batch ${batch}`,
    [
      cpu,
      `${cores} ${cores === 1 ? 'core' : 'cores'}`,
      `Node ${node}`,
      `TensorFlow.js ${version_core}`,
      ...runtimes,
    ].join(', '),
    '',
    table(
      [...HEADINGS, 'compile s', 'peak GiB'],
      rows.map((row) => cellsOf(row, batch)),
    ),
    ...rows.flatMap(({ way, reason }) => (reason === undefined ? [] : [`${way}: ${reason}`])),
  ].join('\n');
}

function cellsOf({ way, train, forward, compileSeconds, memory }: CompiledRow, batch: number): string[] {
  const numbers = (timing: TaskTiming | undefined) =>
    timing
      ? [(1000 * timing.seconds).toFixed(0), (batch / timing.seconds).toFixed(1), timing.overPyTorch?.toFixed(2) ?? '']
      : ['-', '-', ''];
  const gibibytes = memory === undefined ? '' : (memory / 2 ** 30).toFixed(1);
  return [way, ...numbers(train), ...numbers(forward), compileSeconds?.toFixed(1) ?? '', gibibytes];
}
