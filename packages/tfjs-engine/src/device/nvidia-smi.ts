import { execFileSync } from 'node:child_process';

export interface Gpu {
  name: string;
  driver: string;
  memoryMiB: number;
}

/** The CUDA GPUs of this machine, or why nvidia-smi lists none. */
export interface GpuList {
  gpus: Gpu[];
  problem?: string;
}

const DESCRIBE = ['--query-gpu=name,driver_version,memory.total', '--format=csv,noheader'];

/** All GPUs of the machine, CUDA_VISIBLE_DEVICES notwithstanding. */
export function listGpus(): GpuList {
  const answer = nvidiaSmi(DESCRIBE);
  const gpus = parseGpus(answer.text);
  return gpus.length > 0 ? { gpus } : { gpus, problem: answer.problem ?? `nvidia-smi says: ${firstLine(answer.text)}` };
}

/** The GPU that TensorFlow computes on: the first that CUDA_VISIBLE_DEVICES shows. */
export function gpuInUse(): Gpu | undefined {
  return parseGpus(nvidiaSmi(['--id', visibleGpu(process.env), ...DESCRIBE]).text)[0];
}

/** Bytes of that GPU's memory that all programs together hold now; undefined where nvidia-smi does not tell. */
export function gpuMemoryInUse(): number | undefined {
  const { text } = nvidiaSmi(['--id', visibleGpu(process.env), '--query-gpu=memory.used', '--format=csv,noheader']);
  const match = /^(\d+) MiB\s*$/m.exec(text);
  return match ? Number(match[1]) * 2 ** 20 : undefined;
}

/** Lines such as `NVIDIA A100-SXM4-40GB, 525.60.13, 40960 MiB`; anything else nvidia-smi says is no GPU. */
export function parseGpus(csv: string): Gpu[] {
  return csv.split('\n').flatMap((line) => {
    const match = /^(.+), ([\d.]+), (\d+) MiB\s*$/.exec(line);
    return match ? [{ name: match[1].trim(), driver: match[2], memoryMiB: Number(match[3]) }] : [];
  });
}

/** The first GPU of CUDA_VISIBLE_DEVICES, an index or a UUID, as nvidia-smi's --id takes it too. */
export function visibleGpu({ CUDA_VISIBLE_DEVICES = '' }: NodeJS.ProcessEnv): string {
  return CUDA_VISIBLE_DEVICES.split(',')[0].trim() || '0';
}

function nvidiaSmi(query: string[]): { text: string; problem?: string } {
  try {
    const text = execFileSync('nvidia-smi', query, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 15_000,
    });
    return { text };
  } catch (error) {
    const { code, stdout, stderr } = error as NodeJS.ErrnoException & { stdout?: string; stderr?: string };
    if (code === 'ENOENT') return { text: '', problem: 'there is no nvidia-smi' };
    // It prints its failures to stdout, such as a driver that is not loaded.
    const said = firstLine(stdout ?? '') || firstLine(stderr ?? '') || (error as Error).message;
    return { text: '', problem: `nvidia-smi failed: ${said}` };
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0].slice(0, 200);
}
