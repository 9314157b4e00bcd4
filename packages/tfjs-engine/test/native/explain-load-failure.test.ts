import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainLoadFailure } from '../../src/native/explain-load-failure';

test.each([
  [
    'libtensorflow.so.2: cannot open shared object file: No such file or directory',
    "TensorFlow's library is not there",
  ],
  ['/x/deps/lib/libtensorflow.so.2: file too short', "TensorFlow's library is not complete"],
  [
    "The module '/x/tfjs_binding.node'\nwas compiled against a different Node.js version using\nNODE_MODULE_VERSION 72.",
    'the addon is for another version of Node.js',
  ],
  ["Module did not self-register: '/x/tfjs_binding.node'.", 'the addon is for another version of Node.js'],
  [
    "/lib/libc.so.6: version `GLIBC_2.34' not found (required by /x/libtensorflow.so.2)",
    'the addon is for a newer system',
  ],
  ['/x/tfjs_binding.node: undefined symbol: TFE_NewOp', 'the addon does not fit the TensorFlow that is there'],
  ['libcudart.so.11.0: cannot open shared object file: No such file or directory', 'a library is missing'],
  [
    "dlopen(/x/tfjs_binding.node, 1): tried: '/x' (mach-o file, but is an incompatible architecture (have 'x86_64'))",
    'the addon is for another system or processor',
  ],
])('%j is explained', (message, cause) => {
  expect(explainLoadFailure(new Error(message))).toBe(`${cause}: ${message.split('\n')[0]}`);
});

test('what is not known is told as it is, its first line', () => {
  expect(explainLoadFailure(new Error('something new\nand more'))).toBe('something new');
  expect(explainLoadFailure('a string')).toBe('a string');
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('what the loader says about an addon cut short, or one of another system, is recognised', () => {
  const folder = mkdtempSync(join(tmpdir(), 'explain-load-failure-'));
  const addon = join(folder, 'tfjs_binding.node');
  const explanationOf = (content: Buffer) => {
    writeFileSync(addon, content);
    try {
      process.dlopen({ exports: {} } as NodeJS.Module, addon);
    } catch (error) {
      return explainLoadFailure(error);
    }
  };
  expect(explanationOf(Buffer.alloc(0))).toMatch(/^the addon is not complete: .*file too short/);
  expect(explanationOf(Buffer.from('\x7fELF\x02\x01\x01'))).toMatch(/^the addon is not complete: .*file too short/);
  expect(explanationOf(Buffer.alloc(4096, '\xcf\xfa\xed\xfe', 'latin1'))).toMatch(
    /^the addon is for another system or processor: .*invalid ELF header/,
  );
  rmSync(folder, { recursive: true });
});
