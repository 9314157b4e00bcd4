import type { EngineInfo } from '../src/index';
import { makeProject, removeProject, runNode, type NativeFixture } from './support/project';

const GPU = '@tensorflow/tfjs-node-gpu';
const NODE = '@tensorflow/tfjs-node';

/** What `useEngine` answers in a project with these native packages, and all that it prints. */
async function choose(prefer: string, natives: Record<string, NativeFixture> = {}, format: 'cjs' | 'mjs' = 'cjs') {
  const root = makeProject(natives);
  const body = `useEngine({ prefer: '${prefer}' }).then((info) => console.log(JSON.stringify({ info })), (e) => console.log(JSON.stringify({ error: e.name + ': ' + e.message })))`;
  const args = {
    cjs: ['-e', `const { useEngine } = require('@pose/tfjs-engine'); ${body}`],
    mjs: ['--input-type=module', '-e', `import { useEngine } from '@pose/tfjs-engine'; ${body}`],
  };
  const { stdout, stderr } = await runNode(root, args[format]);
  removeProject(root);
  return { ...(JSON.parse(stdout) as { info: EngineInfo; error: string }), stderr };
}

test.each(['cjs', 'mjs'] as const)(
  'auto takes wasm where no native package is installed, and says so in one line (%s)',
  async (format) => {
    const { info, stderr } = await choose('auto', {}, format);
    expect(info).toMatchObject({
      kind: 'wasm',
      backend: 'wasm',
      package: '@tensorflow/tfjs-backend-wasm',
      why: 'No native TensorFlow engine works here; WebAssembly needs none.',
      notes: [
        'No native TensorFlow engine is installed: training will be slower. `npx pose-engine doctor` tells how to change that.',
      ],
    });
    expect(stderr).toBe('');
  },
);

test.each<[NativeFixture, string]>([
  ['incomplete', 'is installed, but its native part is missing'],
  [
    'broken',
    "is installed, but does not load (TensorFlow's library is not there: libtensorflow.so.2: cannot open shared object file)",
  ],
])('auto takes wasm where tfjs-node-gpu is %s: one line of warning, nothing printed', async (state, fact) => {
  const { info, stderr } = await choose('auto', { [GPU]: state });
  expect(info.kind).toBe('wasm');
  expect(info.notes).toEqual([
    `${GPU} ${fact}: training will be slower. \`npx pose-engine doctor\` tells how to change that.`,
  ]);
  expect(stderr).toBe('');
});

test('two packages that do not load make one line and no warnings about kernels registered twice', async () => {
  const { info, stderr } = await choose('auto', { [GPU]: 'broken', [NODE]: 'broken' });
  expect(info.notes).toHaveLength(1);
  expect(stderr).toBe('');
});

test.each(['wasm', 'cpu'])('%s is taken when asked for, without a word about others', async (prefer) => {
  const { info } = await choose(prefer, { [GPU]: 'broken' });
  expect(info).toMatchObject({ kind: prefer, why: `'${prefer}' was asked for.`, notes: [] });
});

test.each<[string, Record<string, NativeFixture>, string]>([
  ['native', {}, `${GPU} is not installed, ${NODE} is not installed. To get it: \`npm install ${GPU}@4.22.0\``],
  ['cuda', {}, `${GPU} is not installed. To get it: \`npm install ${GPU}@4.22.0\``],
  [
    'cuda',
    { [GPU]: 'incomplete' },
    `${GPU} is installed, but its native part is missing. To get it: \`npm rebuild ${GPU}\``,
  ],
  [
    'native',
    { [GPU]: 'incomplete' },
    'where its download is refused, `python3 -m pip install tensorflow-cpu && npx pose-engine link --python python3`;',
  ],
  [
    'cuda',
    { [GPU]: 'incomplete' },
    "`python3 -m pip install 'tensorflow[and-cuda]' && npx pose-engine link --python python3`;",
  ],
  ['native', { [NODE]: 'incomplete' }, `its native part is missing. To get it: \`npm rebuild ${NODE}\``],
])('%s fails where it is missing, with the command that gets it (%j)', async (prefer, natives, text) => {
  const { error } = await choose(prefer, natives);
  expect(error).toMatch(`EngineError: Engine '${prefer}' is not available: `);
  expect(error).toContain(text);
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('an addon that is cut short, which would end the process, is not loaded', async () => {
  const { error, stderr } = await choose('native', { [GPU]: 'truncated' });
  expect(error).toMatch(/is installed, but does not load \(a file is cut short: \S+tfjs_binding\.node\)/);
  expect(error).toContain(`To get it: \`npm rebuild ${GPU}\``);
  expect(stderr).toBe('');
});

test('an unknown engine is refused with the list of the known ones', async () => {
  const { error } = await choose('webgl');
  expect(error).toBe("EngineError: Unknown engine 'webgl': expected one of auto, cuda, native, wasm, cpu.");
});

test('asked for again, wasm goes on with the threads that it has', async () => {
  const root = makeProject({});
  const script = `
    const { useEngine } = require('@pose/tfjs-engine');
    const { getKernel } = require('@tensorflow/tfjs-core');
    (async () => {
      const first = await useEngine({ prefer: 'wasm' });
      const kernel = getKernel('Conv2D', 'wasm').kernelFunc;
      await useEngine({ prefer: 'cpu' });
      const second = await useEngine({ prefer: 'wasm' });
      const same = getKernel('Conv2D', 'wasm').kernelFunc === kernel;
      console.log(JSON.stringify({ threads: [first.threads, second.threads], backend: second.backend, same }));
    })();`;
  const { stdout } = await runNode(root, ['-e', script]);
  removeProject(root);
  const { threads, backend, same } = JSON.parse(stdout) as { threads: number[]; backend: string; same: boolean };
  expect(threads[1]).toBe(threads[0]);
  expect({ backend, same }).toEqual({ backend: 'wasm', same: true });
});
