import { loadavg } from 'node:os';
import { Command, Option } from 'commander';
import { ENGINE_KINDS, type EngineKind } from '../engine-info';
import { engineKind, heightByWidth, positiveInteger } from './arguments';
import { formatBench } from './format-bench';
import { formatProfile } from './format-profile';
import { ALL_MODELS, DEFAULT_MODELS } from './models';
import { runBench, type BenchOptions } from './run-bench';
import { runProfile } from './run-profile';

type Options = BenchOptions & { json?: true; profile?: true | EngineKind };

/** The command `pose-engine bench`. @param print receives what goes to stdout */
export function benchCommand(print: (text: string) => void): Command {
  return new Command('bench')
    .description(
      'Measures the training step and the forward pass of pose models on each engine, and in PyTorch where there is one. ' +
        'Run it in a folder that has @pose/pose-models and @pose/trainer installed. Exit status: 0 when anything was measured, else 1.',
    )
    .addOption(
      new Option('--engines <names>', `comma-separated, of ${ENGINE_KINDS.join(', ')}`)
        .default(['cuda', 'native', 'wasm'], 'cuda,native,wasm')
        .argParser((text) => text.split(',').map(engineKind)),
    )
    .addOption(
      new Option(
        '--models <names>',
        `comma-separated, of the models of @pose/pose-models, or ${ALL_MODELS} (default: ${DEFAULT_MODELS.join(', ')}, as far as it has them)`,
      ).argParser((text) => text.split(',')),
    )
    .addOption(
      new Option('--input <HxW>', 'network input in pixels, multiples of 32')
        .default([256, 192], '256x192')
        .argParser(heightByWidth),
    )
    .option('--batch <n>', 'images per step', positiveInteger, 8)
    .option('--seconds <n>', 'how long each number is measured for (three runs at least)', positiveInteger, 10)
    .addOption(
      new Option(
        '--profile [engine]',
        'instead: where the time of one training step goes, kernel by kernel; on one engine or all of --engines',
      ).argParser(engineKind),
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nPyTorch: `python3 -c "import torch"` must work; PYTHON names another interpreter.')
    .action(async ({ json, profile, ...options }: Options) => {
      const load = loadavg()[0]; // 0 on Windows, which keeps none
      if (load > 0.5) {
        const what = `the load average is ${load.toFixed(1)}: other programs are running, the numbers will be low`;
        process.stderr.write(`warning: ${what}\n`);
      }
      const onStart = (what: string) => process.stderr.write(`measuring ${what} ...\n`);
      if (profile) {
        const engines = profile === true ? options.engines : [profile];
        const report = await runProfile({ ...options, engines }, onStart);
        print(json ? `${JSON.stringify(report)}\n` : formatProfile(report));
        if (report.profiles.length === 0) process.exitCode = 1;
      } else {
        const report = await runBench(options, onStart);
        print(json ? `${JSON.stringify(report)}\n` : formatBench(report));
        if (report.results.length === 0) process.exitCode = 1;
      }
    });
}
