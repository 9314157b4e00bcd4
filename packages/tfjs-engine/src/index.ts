export { EngineError } from './engine-error';
export type { EngineInfo, EngineKind } from './engine-info';
export { ENGINE_PREFERENCES, useEngine, type EngineOptions, type EnginePreference } from './use-engine';
