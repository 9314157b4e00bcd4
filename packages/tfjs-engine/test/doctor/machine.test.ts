import { describeMachine, parseGpus } from '../../src/doctor/machine';

test('parseGpus reads what nvidia-smi prints, several GPUs too', () => {
  expect(parseGpus('NVIDIA A100-SXM4-40GB, 525.60.13, 40960 MiB\nTesla T4, 470.82, 15109 MiB\n')).toEqual([
    { name: 'NVIDIA A100-SXM4-40GB', driver: '525.60.13', memoryMiB: 40960 },
    { name: 'Tesla T4', driver: '470.82', memoryMiB: 15109 },
  ]);
});

test('parseGpus takes messages for no GPU', () => {
  expect(parseGpus('')).toEqual([]);
  expect(parseGpus('NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.\n')).toEqual([]);
});

test('describeMachine names this process', () => {
  const machine = describeMachine();
  expect(machine).toMatchObject({ node: process.versions.node, platform: process.platform, arch: process.arch });
  expect(machine.cores).toBeGreaterThan(0);
});
