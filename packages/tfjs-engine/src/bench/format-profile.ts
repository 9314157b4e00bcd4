import { describeUnavailable } from './format-unavailable';
import type { ProfileReport } from './report';
import { table } from './table';

/** The report for people: a table of kernels per model and engine. */
export function formatProfile({ machine, input, batch, profiles, unavailable }: ProfileReport): string {
  const lines: string[] = [];
  for (const { model, engine, milliseconds, kernels, outsideMilliseconds } of profiles) {
    const cells = (name: string, calls: string, ms: number) => [
      name,
      calls,
      ms.toFixed(1),
      `${((100 * ms) / milliseconds).toFixed(1)}%`,
    ];
    const rows = kernels.map((kernel) => cells(kernel.name, `${kernel.calls}`, kernel.milliseconds));
    rows.push(cells('(outside kernels)', '', outsideMilliseconds), cells('(whole step)', '', milliseconds));
    lines.push(`${model} on ${engine}: one training step, ${input.join('x')}, batch ${batch}`, '');
    lines.push(table(['kernel', 'calls', 'ms', 'share'], rows), '');
    if (engine === 'cuda') {
      lines.push('A GPU computes while the program goes on: most of its time shows where a result is waited for.', '');
    }
  }
  lines.push(...describeUnavailable(unavailable));
  lines.push(`${machine.cpu}, ${machine.cores} ${machine.cores === 1 ? 'core' : 'cores'}, Node ${machine.node}`);
  return `${lines.join('\n')}\n`;
}
