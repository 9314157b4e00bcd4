import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findCompiler } from '../../src/link/compile-addon';
import { libraryFile } from '../../src/link/tensorflow-files';
import { addonPath } from '../../src/native/find-native';
import { GPU, isInstalled, makeNativeProject } from '../support/native-package';
import { makeProject, removeProject, runNode } from '../support/project';

const BIN = 'node_modules/@pose/tfjs-engine/bin/pose-engine.cjs';

/** An unpacked libtensorflow whose files are all there, and empty. */
function makeEmptyLibtensorflow(root: string): string {
  const files = [
    ...['c/c_api.h', 'c/eager/c_api.h', 'core/platform/ctstring_internal.h'].map(
      (name) => `include/tensorflow/${name}`,
    ),
    ...['tensorflow', 'tensorflow_framework'].map((name) => `lib/${libraryFile(name)}`),
  ].map((file) => join(root, 'libtensorflow', file));
  for (const file of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
  }
  return join(root, 'libtensorflow');
}

test.each([
  [['link'], `is not installed here. Install it without its download: \`npm install --ignore-scripts ${GPU}@4.22.0\``],
  [['link', '--package', 'tfjs'], `Unknown package 'tfjs': expected ${GPU} or @tensorflow/tfjs-node.`],
  [['link', '--python', 'a', '--libtensorflow', 'b'], 'Expected --python or --libtensorflow, found both.'],
  [['unlink'], `Nothing is linked: no addon of ${GPU} or @tensorflow/tfjs-node here was made by pose-engine link.`],
])('pose-engine %j without tfjs-node: one line that says what to do', async (args, text) => {
  const root = makeProject();
  const { code, stdout, stderr } = await runNode(root, [BIN, ...args]);
  removeProject(root);
  expect({ code, stdout, lines: stderr.trim().split('\n').length }).toEqual({ code: 1, stdout: '', lines: 1 });
  expect(stderr).toContain('pose-engine: ');
  expect(stderr).toContain(text);
});

test('link --help and unlink --help name their options', async () => {
  const root = makeProject();
  const help = async (command: string) => (await runNode(root, [BIN, command, '--help'])).stdout;
  const [link, unlink] = [await help('link'), await help('unlink')];
  removeProject(root);
  for (const option of ['--python <exe>', '--libtensorflow <folder>', '--package <name>', '--json'])
    expect(link).toContain(option);
  expect(unlink).toContain('--package <name>');
});

const withPackage = isInstalled ? test : test.skip;
if (!isInstalled) console.info(`Left out: tests of building, because ${GPU} is not installed.`);

withPackage('an addon that was not linked is not unlinked', async () => {
  const { root, native } = makeNativeProject();
  mkdirSync(dirname(addonPath(native)), { recursive: true });
  writeFileSync(addonPath(native), 'downloaded');
  const { code, stderr } = await runNode(root, [BIN, 'unlink']);
  expect([code, readFileSync(addonPath(native), 'utf8')]).toEqual([1, 'downloaded']);
  expect(stderr).toContain('Nothing is linked');
  removeProject(root);
});

withPackage('without a compiler, link says how to get one and leaves the package as it was', async () => {
  const { root, native } = makeNativeProject();
  const before = readdirSync(native);
  const folder = makeEmptyLibtensorflow(root);
  const { code, stderr } = await runNode(root, [BIN, 'link', '--libtensorflow', folder], {
    PATH: root,
    CXX: 'nothing',
  });
  expect(code).toBe(1);
  expect(stderr).toContain('pose-engine: No C++ compiler was found (tried $CXX, c++, g++, clang++). Install one: ');
  expect(readdirSync(native)).toEqual(before);
  removeProject(root);
});

withPackage('without the headers of Node.js, link says how to get them', async () => {
  const { root } = makeNativeProject();
  const folder = makeEmptyLibtensorflow(root);
  // The same program elsewhere, where no headers lie beside it, with no npm and a home that node-gyp has not seen.
  writeFileSync(
    join(root, 'run.cjs'),
    `
    Object.defineProperty(process, 'execPath', { value: ${JSON.stringify(join(root, 'run.cjs'))} });
    process.argv[1] = ${JSON.stringify(join(root, BIN))};
    require(process.argv[1]);`,
  );
  const env = { HOME: root, PATH: root, CXX: process.execPath };
  const { code, stderr } = await runNode(root, ['run.cjs', 'link', '--libtensorflow', folder], env);
  expect(code).toBe(1);
  expect(stderr).toContain(`pose-engine: The C headers of Node.js ${process.version} were not found`);
  expect(stderr).toContain('Get them with: npx node-gyp install');
  removeProject(root);
});

const hasCompiler = (() => {
  try {
    return findCompiler().length > 0;
  } catch {
    return false;
  }
})();
const withCompiler = isInstalled && hasCompiler ? test : test.skip;
if (!hasCompiler) console.info('Left out: the test of compile errors, because there is no C++ compiler.');

withCompiler(
  'headers that do not compile: the last lines of the compiler, and the package as it was',
  async () => {
    const { root, native } = makeNativeProject();
    mkdirSync(dirname(addonPath(native)), { recursive: true });
    writeFileSync(addonPath(native), 'downloaded');
    const before = readdirSync(native);
    const folder = makeEmptyLibtensorflow(root);
    const { code, stdout, stderr } = await runNode(root, [BIN, 'link', '--libtensorflow', folder]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/pose-engine: \S+ could not compile the addon \(exit 1\)\. Its last lines:\n/);
    expect(stderr).toContain('error: ');
    expect(readdirSync(native)).toEqual(before);
    expect(readFileSync(addonPath(native), 'utf8')).toBe('downloaded');
    expect(existsSync(join(native, 'pose-link'))).toBe(false);
    removeProject(root);
  },
  120_000,
);
