import { EngineError } from '../engine-error';
import { loadModelPackages } from './model-packages';
import type { Unavailable } from './report';

/** Measured unless others are named, as far as the installed @pose/pose-models has them. */
export const DEFAULT_MODELS = ['pose_resnet18', 'pose_resnet50', 'litehrnet_18'];

/** In the place of names: all of them. */
export const ALL_MODELS = 'all';

/**
 * The models to measure, and those of the default ones that are not there.
 *
 * @throws EngineError when a named model is unknown, or the packages are not installed
 */
export function chooseModels(named?: readonly string[]): { models: string[]; unavailable: Unavailable[] } {
  const known = loadModelPackages(process.cwd())
    .listModels()
    .map(({ name }) => name);
  const wanted = named?.[0] === ALL_MODELS ? known : (named ?? DEFAULT_MODELS);
  const unknown = wanted.filter((name) => !known.includes(name));
  if (named && unknown.length > 0) {
    throw new EngineError(
      `Unknown model '${unknown.join("', '")}': expected ${ALL_MODELS}, or names out of ${known.join(', ')}.`,
    );
  }
  const reason = 'the installed @pose/pose-models has no such model';
  return {
    models: wanted.filter((name) => known.includes(name)),
    unavailable: unknown.map((model) => ({ model, engine: 'all', reason })),
  };
}
