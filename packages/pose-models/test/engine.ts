import { useEngine, type EngineInfo, type EnginePreference } from '@pose/tfjs-engine';
import { enableProdMode } from '@tensorflow/tfjs-core';

/** The engine to test on: the fastest that is there, or the one named by POSE_ENGINE. */
export function startEngine(): Promise<EngineInfo> {
  enableProdMode(); // no banner about faster engines
  return useEngine({ prefer: (process.env.POSE_ENGINE ?? 'auto') as EnginePreference });
}
