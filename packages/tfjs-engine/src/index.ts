export { EngineError } from './engine-error';
export type { EngineInfo, EngineKind } from './engine-info';
export { explainOutOfMemory } from './out-of-memory';
export { ENGINE_PREFERENCES, useEngine, type EngineOptions, type EnginePreference } from './use-engine';
