import type { Gpu } from '../device/nvidia-smi';
import type { EngineInfo } from '../engine-info';
import type { NativePackage } from '../native/find-native';
import {
  installCommands,
  linkCommands,
  rebuildCommands,
  relinkCommands,
  type Commands,
} from '../native/missing-native';
import type { EngineReport } from './engine-report';

/** One way to a faster engine. */
export interface Advice {
  text: string;
  /** What to type, for npm or for pnpm. */
  commands?: Commands;
}

/**
 * What would be faster on this machine, and how to get it; empty where the fastest engine runs already.
 *
 * @param engines  reports of at least 'tfjs-node-gpu' and 'tfjs-node'
 * @param picked   what `useEngine` chose
 */
export function advise(
  gpus: readonly Gpu[],
  engines: readonly EngineReport[],
  picked: EngineInfo | undefined,
): Advice[] {
  if (picked?.kind === 'cuda') return [];
  const forGpu = engines.find(({ name }) => name === 'tfjs-node-gpu') as EngineReport;
  const forCpu = engines.find(({ name }) => name === 'tfjs-node') as EngineReport;
  if (gpus.length > 0) return forGpu.state === 'loads' ? gpuNotUsed(forGpu) : missing(forGpu, 'uses the GPU', 'cuda');
  if (picked?.kind === 'native') return [];
  // Without a GPU the two packages are equally fast: take the one that is nearer to work.
  const nearer = forGpu.state === 'absent' ? forCpu : forGpu;
  return missing(nearer, "runs TensorFlow's own CPU kernels", 'cpu');
}

function gpuNotUsed({ warnings = [], link }: EngineReport): Advice[] {
  const said = warnings.length > 0 ? ` TensorFlow says: ${warnings.slice(0, 2).join(' | ')}` : '';
  const needs = link
    ? `It is linked to TensorFlow ${link.tensorflow} at ${link.library}, which must be a build for CUDA that finds its libraries.`
    : 'The TensorFlow 2.9 that it downloads needs the libraries of CUDA 11.2 and cuDNN 8.1.';
  return [
    {
      text: `tfjs-node-gpu loads, but does not use the GPU. ${needs} CUDA_VISIBLE_DEVICES must show the GPU.${said}`,
    },
    {
      text: 'A newer TensorFlow brings its own CUDA libraries. Build the native part against it:',
      commands: linkCommands('cuda'),
    },
  ];
}

function missing({ name, state, reason, link }: EngineReport, gain: string, device: 'cuda' | 'cpu'): Advice[] {
  const packageName: NativePackage = `@tensorflow/${name as 'tfjs-node' | 'tfjs-node-gpu'}`;
  if (state === 'absent')
    return [{ text: `${packageName} ${gain}. Install it:`, commands: installCommands(packageName) }];
  if (link)
    return [
      {
        text:
          `${packageName} ${gain}, but it does not load (${reason}). It was linked to TensorFlow ${link.tensorflow} at ` +
          `${link.library}. Link it again (or undo that: npx pose-engine unlink):`,
        commands: relinkCommands(link),
      },
    ];
  const fact = state === 'incomplete' ? 'its native part is missing' : `it does not load (${reason})`;
  return [
    {
      text: `${packageName} ${gain}, but ${fact}. Run its install script again, which downloads the native part:`,
      commands: rebuildCommands(packageName),
    },
    {
      text:
        'Where that download (storage.googleapis.com) is refused, or a newer TensorFlow is wanted, build the native part ' +
        'against the one that pip installs:',
      commands: linkCommands(device),
    },
  ];
}
