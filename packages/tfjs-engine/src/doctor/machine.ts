import { execFileSync } from 'node:child_process';
import { arch, availableParallelism, cpus, platform } from 'node:os';

export interface Gpu {
  name: string;
  driver: string;
  memoryMiB: number;
}

export interface Machine {
  node: string;
  platform: string;
  arch: string;
  /** Cores that this process may use. */
  cores: number;
  cpu: string;
  /** CUDA GPUs, as nvidia-smi lists them; none where there is no nvidia-smi. */
  gpus: Gpu[];
}

export function describeMachine(): Machine {
  return {
    node: process.versions.node,
    platform: platform(),
    arch: arch(),
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    gpus: parseGpus(nvidiaSmi()),
  };
}

function nvidiaSmi(): string {
  const query = ['--query-gpu=name,driver_version,memory.total', '--format=csv,noheader'];
  try {
    return execFileSync('nvidia-smi', query, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 15_000,
    });
  } catch {
    return '';
  }
}

/** Lines such as `NVIDIA A100-SXM4-40GB, 525.60.13, 40960 MiB`; anything else nvidia-smi says is no GPU. */
export function parseGpus(csv: string): Gpu[] {
  return csv.split('\n').flatMap((line) => {
    const match = /^(.+), ([\d.]+), (\d+) MiB\s*$/.exec(line);
    return match ? [{ name: match[1].trim(), driver: match[2], memoryMiB: Number(match[3]) }] : [];
  });
}
