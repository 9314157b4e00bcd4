import type * as tfl from '@tensorflow/tfjs-layers';
import type { Checkpoint } from '../checkpoint/checkpoint';
import { ModelError } from '../model-error';
import { matchKeys, type KeyMatch } from './match-keys';
import { torchDifferences } from './torch-differences';
import { torchEntries } from './torch-entries';
import { assignTorchWeights } from './torch-weights';

export interface LoadWeightsOptions {
  /**
   * Default true: every weight of the network must be in the checkpoint, and nothing else. false loads what fits and
   * leaves the rest as it is, as for a backbone that was trained on ImageNet.
   */
  strict?: boolean;
}

/** What became of a checkpoint's keys. */
export interface LoadWeightsReport extends Omit<KeyMatch, 'matched'> {
  /** Keys of the network that were loaded. */
  loaded: string[];
}

/**
 * Loads a PyTorch checkpoint (`readCheckpoint`) into a model: of the published implementation, or of another that spells
 * its keys differently (torchvision, timm, mmpose, Caffe's OpenPose), with or without a wrapper's prefix. All tensors
 * are checked before the first weight changes.
 *
 * @throws ModelError when keys are missing, unexpected or of another shape and `strict` is not false; when nothing fits;
 *   when a value is not finite; when a layer with weights has no counterpart in PyTorch
 */
export function loadTorchWeights(
  model: tfl.LayersModel,
  checkpoint: Checkpoint,
  { strict = true }: LoadWeightsOptions = {},
): LoadWeightsReport {
  const entries = torchEntries(model);
  const unused = torchDifferences(model).unusedEntries;
  const network = new Map([...entries, ...unused].map(({ key, shape }) => [key, shape]));
  const { matched, ...match } = matchKeys(network, shapesOf(checkpoint));
  const isUnused = new Set(unused.map(({ key }) => key));
  // Nothing is lost where a parameter that is never used is not there.
  const missing = match.missing.filter((key) => !isUnused.has(key));
  const report = { ...match, missing, loaded: entries.filter(({ key }) => matched.has(key)).map(({ key }) => key) };
  if (strict) requireAll(model.name, report);
  if (report.loaded.length === 0) {
    const found = [...checkpoint.tensors.keys()];
    throw new ModelError(
      `Expected weights of ${model.name}, such as ${entries[0].key}, found none that fit among ${found.length} tensors: ${some(found)}`,
    );
  }
  assignTorchWeights(
    entries
      .filter(({ key }) => matched.has(key))
      .map((entry) => ({ entry, values: checkpoint.tensors.get(matched.get(entry.key)!)!.read() })),
  );
  return report;
}

function shapesOf({ tensors }: Checkpoint): Map<string, readonly number[]> {
  return new Map([...tensors].map(([key, { shape }]) => [key, shape]));
}

function requireAll(name: string, { missing, unexpected, misshapen }: LoadWeightsReport): void {
  const problems: string[] = [];
  if (missing.length > 0) problems.push(`${missing.length} missing: ${some(missing)}`);
  if (unexpected.length > 0) problems.push(`${unexpected.length} unexpected: ${some(unexpected)}`);
  if (misshapen.length > 0) {
    const shapes = misshapen.map(
      ({ key, expected, found }) => `${key} (${found.join(', ')}) for (${expected.join(', ')})`,
    );
    problems.push(`${misshapen.length} of another shape: ${some(shapes)}`);
  }
  if (problems.length > 0) {
    throw new ModelError(
      `Expected the weights of ${name} and nothing else, found ${problems.join('; ')}. ` +
        'With strict: false, or --partial on the command line, what fits is loaded and the rest left as it is.',
    );
  }
}

function some(items: readonly string[]): string {
  const shown = items.slice(0, 5).join(', ');
  return items.length > 5 ? `${shown}, …` : shown;
}
