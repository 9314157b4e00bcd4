import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

test('kernels.generated.ts is what assembly/ compiles to', () => {
  const root = join(__dirname, '..');
  const text = execFileSync(process.execPath, [join(root, 'scripts/build-simd.mjs'), '--print'], { encoding: 'utf8' });
  expect(readFileSync(join(root, 'src/simd/kernels.generated.ts'), 'utf8')).toBe(text);
});
