import { defineConfig } from 'tsup';

/** Every package is built alike: ESM, CommonJS and types for both, from the entries that it names. */
export function packageConfig(entry: Record<string, string>) {
  return defineConfig({
    entry,
    format: ['esm', 'cjs'],
    outExtension: ({ format }) => ({ js: format === 'esm' ? '.mjs' : '.cjs' }),
    dts: true,
    shims: true,
    target: 'node20',
    clean: true,
  });
}
