import { KEY_SCHEMES } from './key-schemes';

type Shapes = ReadonlyMap<string, readonly number[]>;

export interface KeyMatch {
  /** Name of the scheme by which most keys fit. */
  scheme: string;
  /** The network's key to the checkpoint's, where both have the same shape. */
  matched: Map<string, string>;
  /** Keys of the network that the checkpoint does not have. */
  missing: string[];
  /** Keys of the checkpoint that the network does not have. */
  unexpected: string[];
  /** Keys of both with another shape. */
  misshapen: { key: string; expected: readonly number[]; found: readonly number[] }[];
}

/** What training wrappers put before every key (DataParallel, DistributedDataParallel, torch.compile, Lightning). */
const WRAPPERS = /^(module|model|net|network|_orig_mod)\./;

/** Counters that have no weight here. */
const IGNORED = /(^|\.)num_batches_tracked$/;

/**
 * Which key of a checkpoint is which of a network's: prefixes that all keys share are taken off, then the scheme is
 * taken by which most keys fit in name and shape.
 *
 * @param network     the network's keys with PyTorch's shapes
 * @param checkpoint  the checkpoint's keys with theirs
 */
export function matchKeys(network: Shapes, checkpoint: Shapes): KeyMatch {
  const keys = [...checkpoint.keys()].filter((key) => !IGNORED.test(key));
  const stripped = new Map(stripWrappers(keys).map((name, i) => [keys[i], name]));
  const candidates = KEY_SCHEMES.map(({ name, rename }) => {
    const renamed = new Map<string, string>(); // network's key to checkpoint's
    const unexpected: string[] = [];
    for (const [key, bare] of stripped) {
      const own = rename(bare);
      if (network.has(own) && !renamed.has(own)) renamed.set(own, key);
      else unexpected.push(key);
    }
    return { scheme: name, ...compare(network, checkpoint, renamed), unexpected };
  });
  // The first of the best: schemes are in the order of preference.
  return candidates.reduce((best, each) => (each.matched.size > best.matched.size ? each : best));
}

function compare(
  network: Shapes,
  checkpoint: Shapes,
  renamed: ReadonlyMap<string, string>,
): Omit<KeyMatch, 'scheme' | 'unexpected'> {
  const matched = new Map<string, string>();
  const missing: string[] = [];
  const misshapen: KeyMatch['misshapen'] = [];
  for (const [own, expected] of network) {
    const key = renamed.get(own);
    if (key === undefined) {
      missing.push(own);
      continue;
    }
    const found = checkpoint.get(key)!;
    if (String(found) === String(expected)) matched.set(own, key);
    else misshapen.push({ key: own, expected, found });
  }
  return { matched, missing, misshapen };
}

/** Takes off wrappers' prefixes for as long as all keys have the same one. */
function stripWrappers(keys: readonly string[]): string[] {
  const prefix = WRAPPERS.exec(keys[0] ?? '')?.[0];
  if (prefix === undefined || !keys.every((key) => key.startsWith(prefix))) return [...keys];
  return stripWrappers(keys.map((key) => key.slice(prefix.length)));
}
