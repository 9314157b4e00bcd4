/** Child process of the doctor: tries one engine, the choice that `useEngine` makes, or ONNX Runtime, and sends what it found. */
import { version as tfjsVersion } from '@tensorflow/tfjs';
import { version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { tensorflowThreads } from '../device/describe-device';
import { loadNative } from '../native/load-native';
import { useEngine } from '../use-engine';
import { convolutionSpeed } from './convolution-speed';
import type { ProbeResult, ProbeTarget } from './engine-report';
import { executionProviders } from './onnx-runtime';

async function probe(target: ProbeTarget, root: string): Promise<ProbeResult> {
  switch (target) {
    case 'auto':
      return { picked: await useEngine() };
    case 'onnxruntime-node':
      return { providers: executionProviders(root) };
    case 'cpu':
      await useEngine({ prefer: 'cpu' });
      // The plain JavaScript engine takes most of a second for one image.
      return { state: 'loads', version: tfjsVersion['tfjs-backend-cpu'], gflops: convolutionSpeed(1) };
    case 'wasm': {
      const { threads } = await useEngine({ prefer: 'wasm' });
      return { state: 'loads', version: version_wasm, threads, gflops: convolutionSpeed(8) };
    }
    case 'tfjs-node-gpu':
    case 'tfjs-node': {
      const native = await loadNative(`@tensorflow/${target}`);
      if (native.state !== 'loaded') return native;
      const { binding, isUsingGpuDevice } = native.backend;
      return {
        state: 'loads',
        tensorflow: binding.TF_Version,
        device: isUsingGpuDevice ? 'cuda' : 'cpu',
        threads: isUsingGpuDevice ? undefined : tensorflowThreads(),
        gflops: convolutionSpeed(8),
      };
    }
  }
}

probe(process.argv[2] as ProbeTarget, process.argv[3])
  .catch((error: unknown): ProbeResult => ({
    state: 'broken',
    reason: error instanceof Error ? error.message : String(error),
  }))
  .then((result) => process.send?.(result, () => process.exit()));
