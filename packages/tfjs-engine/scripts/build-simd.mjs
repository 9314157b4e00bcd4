// Compiles assembly/ to WebAssembly and writes it, as base64, into src/wasm/simd/kernels.generated.ts.
//   node scripts/build-simd.mjs           write the file
//   node scripts/build-simd.mjs --print   write its text to standard output instead
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { compileAssembly } from '../../../scripts/compile-assembly.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// The memory belongs to tfjs: imported, and nothing of ours lies in it (no runtime, no data, no start function).
const options = '--importMemory --noExportMemory --runtime stub --noAssert -O3 --enable'.split(' ');

const text = `// Made from assembly/ by scripts/build-simd.mjs (npm run build:simd): do not edit.
export const simdKernelsBase64 =
  '${await compileAssembly(asc, root, [...options, 'simd'])}';

/** The same for WebAssembly with relaxed SIMD, which multiplies and adds in one instruction. */
export const relaxedSimdKernelsBase64 =
  '${await compileAssembly(asc, root, [...options, 'simd,relaxed-simd'])}';
`;
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(join(root, 'src/wasm/simd/kernels.generated.ts'), text);
