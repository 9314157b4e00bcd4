/** The main file of a helper thread: it runs single kernels on its own WebAssembly backend, one at a time. */
import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { backend as activeBackend, getKernel, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import { loadWasm } from '../load-wasm';
import { view, type BackendWasm } from '../wasm-backend';
import { DONE, FAILED, REQUESTED, type HelperData, type KernelRequest } from './protocol';

const { control, port } = workerData as HelperData;
const state = new Int32Array(control);
let memory: Float32Array = new Float32Array();

function run(request: KernelRequest, backend: BackendWasm): void {
  if (request.memory) memory = new Float32Array(request.memory);
  const inputs: NamedTensorInfoMap = {};
  for (const { name, shape, offset } of request.inputs) {
    const size = shape.reduce((a, b) => a * b, 1);
    inputs[name] = backend.makeOutput(shape, 'float32');
    view(backend, inputs[name] as TensorInfo).set(memory.subarray(offset, offset + size));
  }
  const { kernelFunc } = getKernel(request.kernel, 'wasm');
  const result = kernelFunc({ inputs, attrs: request.attributes as never, backend }) as TensorInfo;
  memory.set(view(backend, result), request.output);
  for (const tensor of [result, ...Object.values(inputs)]) backend.disposeData((tensor as TensorInfo).dataId);
}

async function serve(): Promise<void> {
  await loadWasm();
  const backend = activeBackend() as BackendWasm;
  port.postMessage('ready');
  for (;;) {
    const now = Atomics.load(state, 0);
    if (now !== REQUESTED) {
      Atomics.wait(state, 0, now);
      continue;
    }
    const received = receiveMessageOnPort(port) as { message: KernelRequest };
    let outcome = DONE;
    try {
      run(received.message, backend);
    } catch (error) {
      outcome = FAILED;
      port.postMessage(error instanceof Error ? error.message : String(error));
    }
    Atomics.store(state, 0, outcome);
    Atomics.notify(state, 0);
  }
}

void serve();
