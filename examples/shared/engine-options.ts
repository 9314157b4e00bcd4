import { Option, type Command } from 'commander';
import { useEngine, type EngineInfo } from '@pose/tfjs-engine';
import type { Reporter } from '@pose/trainer';

export interface EngineOptions {
  engine: 'auto' | 'cuda' | 'native' | 'wasm' | 'cpu';
  fusedKernels: boolean;
}

export function addEngineOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--engine <name>', 'TensorFlow.js engine')
        .choices(['auto', 'cuda', 'native', 'wasm', 'cpu'])
        .default('auto'),
    )
    .option(
      '--no-fused-kernels',
      'compose batch norm, the gradient of ReLU, Adam and fused convolutions of elementary ops',
    );
}

/** Starts the engine, and says which one and why. */
export async function startEngine({ engine, fusedKernels }: EngineOptions, reporter: Reporter): Promise<EngineInfo> {
  const started = await useEngine({ prefer: engine, fusedKernels });
  reporter.line(`engine: ${started.kind} (${started.package}). ${started.why}`);
  for (const note of started.notes) reporter.line(`  ${note}`);
  return started;
}
