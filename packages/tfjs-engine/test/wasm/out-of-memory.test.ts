import { makeProject, removeProject, runNode } from '../support/project';

/**
 * Fills the heap up to its limit (its pages are never touched, so this takes no memory), then fails in two ways: where
 * a tensor does not fit, and where the tensors of a convolution do, but not the copy of the filter that its kernel makes.
 */
const SCRIPT = `
  const tf = require('@tensorflow/tfjs-core');
  const { useEngine, explainOutOfMemory } = require('@pose/tfjs-engine');
  const thrown = (run) => { try { run(); return null; } catch (error) { return error; } };
  const show = (error) => error && { name: error.name, message: error.message };
  useEngine({ prefer: 'wasm' }).then(() => {
    const backend = tf.backend();
    const block = (mebibytes) => backend.makeOutput([mebibytes * 2 ** 18], 'float32');
    const innocent = new Error('something else');
    const array = thrown(() => new ArrayBuffer(2 ** 52));
    const results = { tooLarge: show(thrown(() => block(5000))), array: show(explainOutOfMemory(array)), early: explainOutOfMemory(innocent) === innocent };
    const trap = Object.assign(new Error('unreachable'), { name: 'RuntimeError' });
    results.earlyTrap = explainOutOfMemory(trap) === trap;
    const [x, filter] = [tf.ones([1, 1, 1, 4096]), tf.ones([1, 1, 4096, 1024])];
    const small = [block(1), block(1), block(1), block(1)];
    for (const size of [64, 1, 1 / 2 ** 10]) while (!(results.full = thrown(() => block(size))));
    results.full = show(results.full);
    for (const { dataId } of small) backend.disposeData(dataId);
    const failed = thrown(() => tf.fused.conv2d({ x, filter, strides: 1, pad: 'valid', activation: 'relu6' }));
    results.raw = show(failed);
    results.kernel = show(explainOutOfMemory(failed));
    results.late = explainOutOfMemory(innocent) === innocent;
    console.log(JSON.stringify(results));
    process.exit();
  });`;

test('a full heap is an EngineError that says what to do, also where a kernel of tfjs finds no working memory', async () => {
  const root = makeProject();
  const { stdout, stderr } = await runNode(root, ['-e', SCRIPT]);
  removeProject(root);
  if (!stdout) throw new Error(stderr);
  const { tooLarge, array, full, raw, kernel, early, earlyTrap, late } = JSON.parse(
    stdout.trim().split('\n').at(-1) as string,
  );
  const advice = 'Use a smaller batch (--batch) or a smaller network input (--input)';
  for (const error of [tooLarge, array, full, kernel]) {
    expect(error.name).toBe('EngineError');
    expect(error.message).toContain(advice);
  }
  expect(tooLarge.message).toContain('has no 5000 MiB in one piece');
  expect(full.message).toContain('which holds 4096 MiB');
  expect(raw.name).toBe('RuntimeError');
  expect({ early, earlyTrap, late }).toEqual({ early: true, earlyTrap: true, late: true });
});
