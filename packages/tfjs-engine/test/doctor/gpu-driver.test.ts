import { adviseOnDriver } from '../../src/doctor/gpu-driver';

const gpu = (driver: string) => [{ name: 'Tesla T4', driver, memoryMiB: 15109 }];

test.each([
  ['450.80.02', undefined],
  ['525.60.13', '2.21.0'],
  ['535.104.05', '2.15.0'],
  ['470.82', '2.14.1'],
  ['450.102.04', '2.9.1'],
])('driver %s serves TensorFlow %s', (driver, tensorflow) => {
  expect(adviseOnDriver(gpu(driver), tensorflow)).toEqual([]);
});

test.each([
  ['450.51.06', undefined, 'CUDA 11 needs driver 450.80.02'],
  ['418.226', '2.9.1', 'CUDA 11 needs driver 450.80.02'],
  ['470.82', '2.21.0', 'CUDA 12 needs driver 525.60.13'],
  ['525.60.9', '2.15.0', 'CUDA 12 needs driver 525.60.13'],
])('driver %s is too old for TensorFlow %s', (driver, tensorflow, needs) => {
  const [{ text }] = adviseOnDriver(gpu(driver), tensorflow);
  expect(text).toContain(`driver ${driver} is too old for TensorFlow ${tensorflow ?? '2.9'}: ${needs}`);
});

test('without a GPU there is no driver to talk about', () => {
  expect(adviseOnDriver([])).toEqual([]);
});
