import { makeProject, removeProject, runNode } from '../support/project';

const BIN = 'node_modules/@pose/tfjs-engine/bin/pose-engine.cjs';

test('pose-engine bench names the packages that are missing, and the command that installs them', async () => {
  const root = makeProject();
  for (const options of [[], ['--profile']]) {
    const { code, stdout, stderr } = await runNode(root, [BIN, 'bench', ...options]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^pose-engine: bench measures the models of @pose\/pose-models .*\n$/m);
    expect(stderr).toContain(`from ${root} there is no @pose/pose-models and no @pose/trainer`);
    expect(stderr).toContain('npm install @pose/pose-models @pose/trainer @tensorflow/tfjs-layers');
  }
  removeProject(root);
});

test.each([
  [['--engines', 'wasm,webgl'], "found 'webgl'"],
  [['--profile', 'webgl'], "found 'webgl'"],
  [['--input', '250x192'], 'multiples of 32'],
  [['--input', '256'], 'HEIGHTxWIDTH'],
  [['--batch', '0'], 'whole number above 0'],
  [['--seconds', '1.5'], 'whole number above 0'],
])('pose-engine bench %j is refused', async (options, words) => {
  const root = makeProject();
  const { code, stderr } = await runNode(root, [BIN, 'bench', ...options]);
  expect(code).toBe(1);
  expect(stderr).toContain(words);
  removeProject(root);
});
