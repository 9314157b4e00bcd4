import { once } from 'node:events';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { EngineError } from '../../engine-error';
import { DONE, IDLE, REQUESTED, type HelperData, type KernelRequest } from './protocol';

/** A thread that runs one kernel at a time while the calling thread does something else. */
export class HelperThread {
  readonly #state: Int32Array;
  readonly #port: MessagePort;
  #memory = new Float32Array(new SharedArrayBuffer(0));
  #output = { offset: 0, size: 0 };

  private constructor(state: Int32Array, port: MessagePort) {
    this.#state = state;
    this.#port = port;
  }

  /** Starts the thread and waits until its backend is ready. */
  static async start(file: string): Promise<HelperThread> {
    const control = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const { port1, port2 } = new MessageChannel();
    const data: HelperData = { control, port: port2 };
    const worker = new Worker(file, { workerData: data, transferList: [port2] });
    await Promise.race([
      once(port1, 'message'),
      once(worker, 'error').then(([error]) => {
        throw error as Error;
      }),
    ]);
    // Idle helpers must not keep the process alive.
    worker.unref();
    port1.unref();
    return new HelperThread(new Int32Array(control), port1);
  }

  /** Hands over a kernel call: the inputs are copied, the call returns at once. */
  begin(
    kernel: string,
    inputs: Record<string, { values: Float32Array; shape: number[] }>,
    attributes: Record<string, unknown>,
    outputSize: number,
  ): void {
    const entries = Object.entries(inputs);
    const total = entries.reduce((sum, [, { values }]) => sum + values.length, outputSize);
    const request: KernelRequest = { kernel, attributes, inputs: [], output: 0 };
    if (total > this.#memory.length) {
      request.memory = new SharedArrayBuffer(Math.ceil(total * 1.25) * Float32Array.BYTES_PER_ELEMENT);
      this.#memory = new Float32Array(request.memory);
    }
    let offset = 0;
    for (const [name, { values, shape }] of entries) {
      this.#memory.set(values, offset);
      request.inputs.push({ name, shape, offset });
      offset += values.length;
    }
    request.output = offset;
    this.#output = { offset, size: outputSize };
    this.#port.postMessage(request);
    Atomics.store(this.#state, 0, REQUESTED);
    Atomics.notify(this.#state, 0);
  }

  /** Waits for the kernel and returns its result, which is good until the next `begin`. */
  finish(): Float32Array {
    // A late notification of the result before may end a wait early, so the state decides.
    while (Atomics.load(this.#state, 0) === REQUESTED) Atomics.wait(this.#state, 0, REQUESTED);
    const outcome = Atomics.load(this.#state, 0);
    Atomics.store(this.#state, 0, IDLE);
    Atomics.notify(this.#state, 0);
    if (outcome !== DONE) {
      const report = receiveMessageOnPort(this.#port) as { message: string } | undefined;
      throw new EngineError(`A kernel failed in a helper thread: ${report?.message ?? 'unknown error'}`);
    }
    const { offset, size } = this.#output;
    return this.#memory.subarray(offset, offset + size);
  }
}
