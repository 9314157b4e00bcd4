import { getBackend, getKernelsForBackend, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

export interface KernelTime {
  name: string;
  calls: number;
  /** Time of the kernel itself, without that of kernels that it calls. */
  milliseconds: number;
}

/** Where the time of one training step goes. The kernels and `outsideMilliseconds` add up to the whole. */
export interface KernelProfile {
  milliseconds: number;
  /** Longest first. */
  kernels: KernelTime[];
  /** JavaScript between the kernels: the tape, memory bookkeeping, the batch's upload, reading results back. */
  outsideMilliseconds: number;
}

const WARM_UP = 2;

/** Runs `step` to warm up, then once with the time of each kernel of the active engine taken. */
export function profileKernels(step: () => unknown): KernelProfile {
  for (let i = 0; i < WARM_UP; i++) step();
  const clock = new SelfTimes(() => performance.now());
  const originals = getKernelsForBackend(getBackend());
  for (const kernel of originals) {
    const { kernelName, backendName, kernelFunc } = kernel;
    unregisterKernel(kernelName, backendName);
    registerKernel({ ...kernel, kernelFunc: (call) => clock.run(kernelName, () => kernelFunc(call)) });
  }
  try {
    const start = performance.now();
    step();
    return summarise(performance.now() - start, clock.times());
  } finally {
    for (const kernel of originals) {
      unregisterKernel(kernel.kernelName, kernel.backendName);
      registerKernel(kernel);
    }
  }
}

function summarise(milliseconds: number, times: KernelTime[]): KernelProfile {
  const kernels = [...times].sort((a, b) => b.milliseconds - a.milliseconds);
  const inside = kernels.reduce((sum, kernel) => sum + kernel.milliseconds, 0);
  return { milliseconds, kernels, outsideMilliseconds: milliseconds - inside };
}

/** Times of named calls that may call each other: each moment counts for the innermost call only. */
export class SelfTimes {
  readonly #now: () => number;
  readonly #times = new Map<string, KernelTime>();
  /** Milliseconds in inner calls so far, of each call that is running. */
  readonly #inner: number[] = [];

  /** @param now  a clock in milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  run<Result>(name: string, call: () => Result): Result {
    this.#inner.push(0);
    const start = this.#now();
    try {
      return call();
    } finally {
      const whole = this.#now() - start;
      const inner = this.#inner.pop() as number;
      if (this.#inner.length > 0) this.#inner[this.#inner.length - 1] += whole;
      const time = this.#times.get(name) ?? { name, calls: 0, milliseconds: 0 };
      this.#times.set(name, time);
      time.calls++;
      time.milliseconds += whole - inner;
    }
  }

  times(): KernelTime[] {
    return [...this.#times.values()];
  }
}
