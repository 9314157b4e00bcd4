// Compiles assembly/ to WebAssembly and writes it, as base64, into src/simd/kernels.generated.ts.
//   node scripts/build-simd.mjs           write the file
//   node scripts/build-simd.mjs --print   write its text to standard output instead
import { Buffer } from 'node:buffer';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

let binary;
const options = 'assembly/index.ts --outFile kernels.wasm --runtime stub --noAssert -O3 --enable simd';
const { error, stderr } = await asc.main(options.split(' '), {
  readFile: (name, base) => {
    try {
      return readFileSync(join(base, name), 'utf8');
    } catch {
      return null; // asc tries several names for each import
    }
  },
  writeFile: (name, contents) => {
    if (name === 'kernels.wasm') binary = contents;
  },
  listFiles: () => [],
  baseDir: root,
});
if (error) {
  console.error(stderr.toString());
  throw error;
}

const text = `// Made from assembly/ by scripts/build-simd.mjs (npm run build:simd): do not edit.
export const simdKernelsBase64 =
  '${Buffer.from(binary).toString('base64')}';
`;
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(join(root, 'src/simd/kernels.generated.ts'), text);
