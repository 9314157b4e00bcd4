import { useEngine, type EnginePreference } from '@pose/tfjs-engine';
import { enableProdMode } from '@tensorflow/tfjs-core';

/** Tests run on WebAssembly, which needs nothing but npm, unless POSE_ENGINE names another engine. */
export async function testEngine(): Promise<void> {
  enableProdMode(); // no banner about faster engines
  await useEngine({ prefer: (process.env.POSE_ENGINE as EnginePreference | undefined) ?? 'wasm' });
}
