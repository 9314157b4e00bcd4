/** Child process of `pose-engine bench`: one model on one engine, which TensorFlow.js loads once per process. */
import { randomNormal, tidy, version_core, type Tensor } from '@tensorflow/tfjs-core';
import { gpuMemoryInUse } from '../device/nvidia-smi';
import { explainOutOfMemory } from '../out-of-memory';
import { useEngine } from '../use-engine';
import type { BenchAnswer, BenchTask, Measurement } from './bench-task';
import { profileKernels } from './kernel-profile';
import { measure } from './measure';
import { loadModelPackages } from './model-packages';
import { trainingStep } from './training-step';

async function bench({ engine, model: name, input, batch, seconds, profile }: BenchTask): Promise<BenchAnswer> {
  const deviceBefore = engine === 'cuda' ? gpuMemoryInUse() : undefined;
  const info = await useEngine({ prefer: engine });
  const packages = loadModelPackages(process.cwd());
  const { createModel, summary, fuseLayers } = packages;
  const [height, width] = input;
  const model = createModel(name, { inputSize: [width, height], seed: 1 });
  const step = trainingStep(packages, model, batch, input);
  if (profile) return { profile: profileKernels(step) };

  const train = await measure(seconds, step);
  const network = fuseLayers(model);
  const images = randomNormal([batch, height, width, 3], 0, 1, 'float32', 1);
  const forward = await measure(seconds, () =>
    tidy(() => {
      // Not returned: tidy would look for tensors in the values, one by one.
      for (const output of [network.apply(images)].flat() as Tensor[]) output.dataSync();
    }),
  );
  const memory: Measurement['memory'] = { process: process.resourceUsage().maxRSS * 1024 };
  const deviceAfter = engine === 'cuda' ? gpuMemoryInUse() : undefined;
  // TensorFlow gives no memory back while it runs: what it holds now is what it took at most.
  if (deviceBefore !== undefined && deviceAfter !== undefined) memory.device = deviceAfter - deviceBefore;
  const { macs } = summary(model);
  return { measured: { info, tfjs: version_core, macs, train, forward, memory } };
}

bench(JSON.parse(process.argv[2]) as BenchTask)
  .catch((error: unknown): BenchAnswer => {
    const explained = explainOutOfMemory(error);
    return { error: explained instanceof Error ? explained.message : String(explained) };
  })
  .then((answer) => process.send?.(answer, () => process.exit()));
