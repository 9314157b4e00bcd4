import { availableParallelism } from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { StepProcess } from './step-process';

/** What computes the part `compiled`. */
export const DEVICES = ['cpu', 'gpu'] as const;
export type Device = (typeof DEVICES)[number];

/** A network, the batches that it is run on, and what runs it. */
export interface Work {
  device: Device;
  model: string;
  batch: number;
  /** Pixels. */
  input: [height: number, width: number];
}

/** A way to run a network's steps. */
export interface Way {
  name: string;
  compiles: boolean;
  /** Processes for StepProcess, with their arguments: the first one that starts is taken. */
  commands: ((work: Work) => [command: string, args: string[]])[];
}

/** The others are measured beside it. */
export const PYTORCH_EAGER: Way = { name: 'PyTorch eager', compiles: false, commands: [pyTorch('eager')] };

const PYTORCH: readonly Way[] = [
  { name: 'PyTorch autocast, bfloat16', compiles: false, commands: [pyTorch('bfloat16')] },
  { name: 'PyTorch torch.compile', compiles: true, commands: [pyTorch('compile')] },
];

export const WAYS: Readonly<Record<Device, readonly Way[]>> = {
  cpu: [
    { name: 'op by op', compiles: false, commands: [ours('native', 'off'), ours('wasm', 'off')] },
    { name: 'TensorFlow graph', compiles: true, commands: [ours('native', 'tensorflow')] },
    { name: 'TensorFlow graph, bfloat16', compiles: true, commands: [ours('native', 'tensorflow', 'bfloat16')] },
    { name: 'ONNX graph', compiles: true, commands: [ours('wasm', 'onnx')] },
    ...PYTORCH,
  ],
  gpu: [
    { name: 'op by op', compiles: false, commands: [ours('cuda', 'off')] },
    { name: 'TensorFlow graph', compiles: true, commands: [ours('cuda', 'tensorflow')] },
    { name: 'TensorFlow graph, bfloat16', compiles: true, commands: [ours('cuda', 'tensorflow', 'bfloat16')] },
    { name: 'ONNX graph, WebGPU', compiles: true, commands: [ours('wasm', 'onnx-webgpu')] },
    { name: 'ONNX graph, WebGPU, float16', compiles: true, commands: [ours('wasm', 'onnx-webgpu', 'float16')] },
    { name: 'ONNX graph, CUDA', compiles: true, commands: [ours('wasm', 'onnx-cuda')] },
    ...PYTORCH,
  ],
};

function ours(engine: string, runtime: string, precision = 'float32'): Way['commands'][number] {
  const script = fileURLToPath(new URL('./compiled-step.mjs', import.meta.url));
  return ({ model, batch, input }) => [
    process.execPath,
    [script, engine, runtime, precision, model, ...[...input, batch].map(String)],
  ];
}

function pyTorch(mode: string): Way['commands'][number] {
  const script = fileURLToPath(new URL('./python/compiled_step.py', import.meta.url));
  return ({ device, model, batch, input: [height, width] }) => {
    const options = Object.entries({ device, model, mode, height, width, batch, threads: availableParallelism() });
    return [
      process.env.PYTHON ?? 'python3',
      [script, ...options.flatMap(([name, value]) => [`--${name}`, `${value}`])],
    ];
  };
}

/** @throws Error where none starts within `limit` seconds, with the last one's reason */
export async function startWay({ commands }: Pick<Way, 'commands'>, work: Work, limit: number): Promise<StepProcess> {
  const [command, ...others] = commands;
  try {
    return await StepProcess.start(...command(work), limit);
  } catch (error) {
    if (others.length === 0) throw error;
    return startWay({ commands: others }, work, limit);
  }
}
