import { Command } from 'commander';
import { version } from '../package.json';
import { benchCommand } from './bench/bench-command';
import { examine } from './doctor/doctor';
import { formatReport } from './doctor/format-report';
import { linkCommands } from './link/commands';

/** The command `pose-engine`. @param print receives what goes to stdout */
export function createProgram(print: (text: string) => void): Command {
  const program = new Command('pose-engine').description('The TensorFlow.js engines of this machine.').version(version);
  program
    .command('doctor')
    .description(
      'Tells which engines are here and how fast each is, which one is picked and why, what would be faster and how to get it. ' +
        'Takes some seconds. Exit status: 0 when an engine loads, else 1.',
    )
    .option('--json', 'print one JSON object')
    .action(async ({ json }: { json?: true }) => {
      const report = await examine();
      print(json ? `${JSON.stringify(report)}\n` : formatReport(report));
      if (!report.engines.some(({ state }) => state === 'loads')) process.exitCode = 1;
    });
  program.addCommand(benchCommand(print));
  for (const command of linkCommands(print)) program.addCommand(command);
  return program;
}
