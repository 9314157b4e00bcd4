import type { Gpu } from '../device/nvidia-smi';
import type { EngineInfo } from '../engine-info';
import type { Advice } from './advice';
import type { OnnxRuntimeReport } from './onnx-runtime';

/** What trains on a GPU that no engine uses. */
export function adviseOnWebGpu(
  gpus: readonly Gpu[],
  { providers = [] }: OnnxRuntimeReport,
  picked: EngineInfo | undefined,
): Advice[] {
  const isThere = providers.some(({ name, bundled }) => name === 'webgpu' && bundled);
  if (gpus.length === 0 || picked?.kind === 'cuda' || !isThere) return [];
  return [
    {
      text:
        "With npm alone, ONNX Runtime trains on the GPU by the driver's Vulkan or Direct3D 12: @pose/trainer's compile: " +
        "'onnx-webgpu', --compile onnx-webgpu in the examples.",
    },
  ];
}
