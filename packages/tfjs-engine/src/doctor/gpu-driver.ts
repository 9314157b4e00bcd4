import type { Gpu } from '../device/nvidia-smi';
import type { Advice } from './advice';

/** TensorFlow 2.15 was the first built for CUDA 12; the 2.9 that tfjs-node-gpu downloads needs CUDA 11.2. */
const FIRST_WITH_CUDA_12 = '2.15';
const DOWNLOADED_TENSORFLOW = '2.9';

/** Oldest Linux drivers per CUDA release: NVIDIA, "CUDA Compatibility", table of minor version compatibility. */
const OLDEST_DRIVER = { 'CUDA 11': '450.80.02', 'CUDA 12': '525.60.13' } as const;

/**
 * A driver that is too old for TensorFlow's CUDA, once however many GPUs there are.
 *
 * @param tensorflow  version of the TensorFlow that tfjs-node-gpu loads, where it does
 */
export function adviseOnDriver(gpus: readonly Gpu[], tensorflow: string = DOWNLOADED_TENSORFLOW): Advice[] {
  if (gpus.length === 0) return [];
  const [{ driver }] = gpus;
  const cuda = isOlder(tensorflow, FIRST_WITH_CUDA_12) ? 'CUDA 11' : 'CUDA 12';
  if (!isOlder(driver, OLDEST_DRIVER[cuda])) return [];
  const text =
    `The GPU's driver ${driver} is too old for TensorFlow ${tensorflow}: ${cuda} needs driver ${OLDEST_DRIVER[cuda]} or ` +
    'newer. Update the NVIDIA driver, or ask who runs this machine to.';
  return [{ text }];
}

/** Compares dotted version numbers; missing parts are 0. */
function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('.').map((part) => parseInt(part, 10)));
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
