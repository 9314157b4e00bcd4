import { useEngine, type EnginePreference } from '@pose/tfjs-engine';

/** Tests run on WebAssembly, which needs nothing but npm, unless POSE_ENGINE names another engine. */
export async function testEngine(): Promise<void> {
  await useEngine({ prefer: (process.env.POSE_ENGINE as EnginePreference | undefined) ?? 'wasm' });
}
