import util from 'node:util';

/**
 * tfjs-node 4.22 calls util.isNullOrUndefined and util.isArray, at any time and not just while it loads. Node 22 prints
 * a deprecation warning on the first call, Node 23 has removed them. These do the same as the originals.
 */
export function restoreUtilFunctions(): void {
  Object.assign(util, {
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
    isArray: Array.isArray,
  });
}
