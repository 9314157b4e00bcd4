import type { MessagePort } from 'node:worker_threads';

/** States of a helper thread, in the one shared Int32 that both sides wait on. */
export const IDLE = 0;
export const REQUESTED = 1;
export const DONE = 2;
export const FAILED = 3;

/** What a helper thread gets when it starts. */
export interface HelperData {
  /** One Int32: the state. */
  control: SharedArrayBuffer;
  port: MessagePort;
}

/** One kernel call. Tensors lie in the shared memory one after the other, float32, at offsets counted in floats. */
export interface KernelRequest {
  kernel: string;
  attributes: Record<string, unknown>;
  inputs: { name: string; shape: number[]; offset: number }[];
  /** Where the result goes. */
  output: number;
  /** Sent along when it is not the one of the request before. */
  memory?: SharedArrayBuffer;
}
