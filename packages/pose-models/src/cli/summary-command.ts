import { Command } from 'commander';
import { createModel } from '../registry';
import { formatSummary } from '../summary/format-summary';
import { summary } from '../summary/summary';
import { parseInput } from './parse-input';

/** The command `pose-models summary`. */
export function summaryCommand(): Command {
  return new Command('summary')
    .description('layers, parameters and multiply-adds of a model')
    .argument('<name>', 'one of `pose-models list`')
    .option('--input <HEIGHTxWIDTH>', "network input in pixels (default: the model's)")
    .option('--json', 'print { name, input, params, trainable, macs }')
    .action((name: string, { input, json }: { input?: string; json?: boolean }) => {
      const inputSize = input === undefined ? undefined : parseInput(input);
      const model = createModel(name, { inputSize, seed: null });
      const all = summary(model);
      if (!json) return console.log(formatSummary(all));
      const { params, trainable, macs } = all;
      const [, height, width] = model.inputs[0].shape;
      console.log(JSON.stringify({ name, input: `${height}x${width}`, params, trainable, macs }));
    });
}
