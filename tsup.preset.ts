import { defineConfig } from 'tsup';

/**
 * Every package is built alike: ESM, CommonJS and types for both, from the entries that it names.
 *
 * @param external  optional dependencies, which the build would take in: only dependencies and peers stay outside
 */
export function packageConfig(entry: Record<string, string>, external: string[] = []) {
  return defineConfig({
    entry,
    external,
    format: ['esm', 'cjs'],
    outExtension: ({ format }) => ({ js: format === 'esm' ? '.mjs' : '.cjs' }),
    dts: true,
    shims: true,
    target: 'node20',
    clean: true,
  });
}
