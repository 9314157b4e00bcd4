// Compiles assembly/ to WebAssembly and writes it, as base64, into src/wasm/simd/kernels.generated.ts.
//   node scripts/build-simd.mjs           write the file
//   node scripts/build-simd.mjs --print   write its text to standard output instead
import { Buffer } from 'node:buffer';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** @param features  WebAssembly's, separated by commas */
async function compile(features) {
  let binary;
  const { error, stderr } = await asc.main(
    // The memory belongs to tfjs: imported, and nothing of ours lies in it (no runtime, no data, no start function).
    [
      ...'assembly/index.ts --outFile kernels.wasm --importMemory --noExportMemory --runtime stub --noAssert -O3'.split(
        ' ',
      ),
      ...['--enable', features],
    ],
    {
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
    },
  );
  if (error) {
    console.error(stderr.toString());
    throw error;
  }
  return Buffer.from(binary).toString('base64');
}

const text = `// Made from assembly/ by scripts/build-simd.mjs (npm run build:simd): do not edit.
export const simdKernelsBase64 =
  '${await compile('simd')}';

/** The same for WebAssembly with relaxed SIMD, which multiplies and adds in one instruction. */
export const relaxedSimdKernelsBase64 =
  '${await compile('simd,relaxed-simd')}';
`;
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(join(root, 'src/wasm/simd/kernels.generated.ts'), text);
