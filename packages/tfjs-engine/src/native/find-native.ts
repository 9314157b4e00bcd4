import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Both carry the same backend; the first also drives CUDA where there is a GPU. */
export const NATIVE_PACKAGES = ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const;
export type NativePackage = (typeof NATIVE_PACKAGES)[number];

export interface InstalledNative {
  /** The package's folder. */
  root: string;
  version: string;
  /** Whether the addon, which the install script downloads or builds, is there. */
  hasAddon: boolean;
  load: () => unknown;
}

/** Looks for the package from the running project first, then from this package; loads nothing. */
export function findNative(name: NativePackage): InstalledNative | undefined {
  for (const origin of [join(process.cwd(), 'package.json'), import.meta.url]) {
    const require = createRequire(origin);
    let manifest: string;
    try {
      manifest = require.resolve(`${name}/package.json`);
    } catch {
      continue;
    }
    const root = dirname(manifest);
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    return { root, version, hasAddon: existsSync(addonPath(root)), load: () => require(name) };
  }
  return undefined;
}

/** Where node-pre-gyp looks for the addon: of tfjs-node 4.22 and Node.js 18 or later, Node-API 8 is common to all. */
export function addonPath(root: string): string {
  return join(root, 'lib/napi-v8/tfjs_binding.node');
}
