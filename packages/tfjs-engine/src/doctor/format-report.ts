import type { EngineInfo } from '../engine-info';
import { describeOnnxRuntime } from './describe-onnx-runtime';
import type { DoctorReport } from './doctor';
import type { EngineReport } from './engine-report';

/** The report for people: one screen. */
export function formatReport({ machine, engines, picked, onnxRuntime, advice }: DoctorReport): string {
  const { node, platform, arch, cores, cpu, cpuFeatures, wasmFeatures, memory, gpus, gpuProblem } = machine;
  const lines = [
    `Node      ${node}, ${platform} ${arch}; WebAssembly with ${wasmFeatures.join(', ') || 'none of simd and threads'}`,
    `CPU       ${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${(memory / 2 ** 30).toFixed(1)} GiB of memory`,
  ];
  if (cpuFeatures.length > 0) lines.push(`          ${cpuFeatures.join(' ')}`);
  for (const gpu of gpus) lines.push(`GPU       ${gpu.name}, driver ${gpu.driver}, ${gpu.memoryMiB} MiB`);
  if (gpus.length === 0) lines.push(`GPU       none: ${gpuProblem}`);

  lines.push('', row('Engine', 'Version', 'GFLOP/s', 'State'));
  for (const engine of engines) {
    lines.push(row(engine.name, engine.version ?? '-', engine.gflops?.toFixed(1) ?? '-', describeState(engine)));
  }
  lines.push('(a forward 3x3 convolution, 64 to 64 channels at 64x48, for about a second: a rough figure)', '');

  lines.push(`Picked    ${describeChoice(picked, engines)}`);
  const [runtime, consequence] = describeOnnxRuntime(onnxRuntime, picked);
  lines.push(`Compiled  ${runtime};`, `          ${consequence}.`);
  if (advice.length === 0 && picked) lines.push('Faster    nothing: this is the fastest engine for this machine.');
  for (const { text, commands } of advice) {
    lines.push(`Faster    ${text}`);
    if (commands) lines.push(`            npm:   ${commands.npm}`, `            pnpm:  ${commands.pnpm}`);
  }
  return `${lines.join('\n')}\n`;
}

function describeChoice(picked: EngineInfo | null, engines: EngineReport[]): string {
  if (picked) return `${picked.kind} (${picked.package}). ${picked.why}`;
  return engines.some(({ state }) => state === 'loads')
    ? 'none: the automatic choice fails on an engine that crashes. Remove its package, or ask for one that loads by name.'
    : 'none: no engine works here.';
}

function row(engine: string, version: string, speed: string, state: string): string {
  return `${engine.padEnd(16)}${version.padEnd(9)}${speed.padStart(8)}   ${state}`;
}

function describeState({ state, reason, tensorflow, device, threads, link }: EngineReport): string {
  switch (state) {
    case 'absent':
      return 'not installed';
    case 'incomplete':
      return 'installed, but its native part is missing';
    case 'broken':
      return `does not load: ${reason}`;
    case 'loads':
      return [
        'loads',
        tensorflow && `TensorFlow ${tensorflow} on the ${device === 'cuda' ? 'GPU' : 'CPU'}`,
        link && 'linked by pose-engine link',
        threads && `${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      ]
        .filter(Boolean)
        .join('; ');
  }
}
