import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the modules that are reached from this one import from outside of the package. */
function importedPackages(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const imports = [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)(?! type)[^;]*? from '([^']+)';/gm)];
  return imports.flatMap(([, name]) =>
    name.startsWith('.') ? importedPackages(`${join(dirname(file), name)}.ts`, seen) : [name],
  );
}

test('what draws needs neither Node nor a dependency, so that it runs in browsers and workers', () => {
  expect(importedPackages(join(__dirname, '../src/index.ts'))).toEqual([]);
  expect(importedPackages(join(__dirname, '../src/node.ts')).sort()).toEqual([
    'node:crypto',
    'node:fs/promises',
    'node:path',
    'node:path',
    'pngjs',
  ]);
});
