import { describeMachine } from '../../src/doctor/machine';

test('describeMachine names this process and what it runs on', () => {
  const machine = describeMachine();
  expect(machine).toMatchObject({ node: process.versions.node, platform: process.platform, arch: process.arch });
  expect(machine.cores).toBeGreaterThan(0);
  expect(machine.memory).toBeGreaterThan(2 ** 28);
  expect(machine.wasmFeatures).toContain('simd');
  // Either GPUs or the reason why there are none.
  expect(machine.gpus.length > 0).toBe(machine.gpuProblem === undefined);
});
