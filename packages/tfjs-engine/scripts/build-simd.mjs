// Compiles assembly/ to WebAssembly and writes it, as base64, into src/wasm/simd/kernels.generated.ts.
//   node scripts/build-simd.mjs           write the file
//   node scripts/build-simd.mjs --print   write its text to standard output instead
import { Buffer } from 'node:buffer';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const written = new Map();
const { error, stderr } = await asc.main(
  // The memory belongs to tfjs: imported, and nothing of ours lies in it (no runtime, no data, no start function).
  'assembly/index.ts --outFile kernels.wasm --importMemory --noExportMemory --runtime stub --noAssert -O3 --enable simd'.split(
    ' ',
  ),
  {
    readFile: (name, base) => {
      try {
        return readFileSync(join(base, name), 'utf8');
      } catch {
        return null; // asc tries several names for each import
      }
    },
    writeFile: (name, contents) => void written.set(name, contents),
    listFiles: () => [],
    baseDir: root,
  },
);
if (error) {
  console.error(stderr.toString());
  throw error;
}

const text = `// Made from assembly/ by scripts/build-simd.mjs (npm run build:simd): do not edit.
export const simdKernelsBase64 =
  '${Buffer.from(written.get('kernels.wasm')).toString('base64')}';
`;
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(join(root, 'src/wasm/simd/kernels.generated.ts'), text);
