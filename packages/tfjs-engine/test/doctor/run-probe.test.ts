import { tensorflowWarnings } from '../../src/doctor/run-probe';

test('tensorflowWarnings finds warnings and errors of old and new TensorFlow, once each, and leaves information out', () => {
  const log = [
    "2022-06-01 12:00:00.000000: W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library 'libcudnn.so.8'",
    "2022-06-01 12:00:00.000001: W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library 'libcudnn.so.8'",
    '2022-06-01 12:00:00.000002: I tensorflow/core/platform/cpu_feature_guard.cc:193] This TensorFlow binary is optimized',
    'WARNING: All log messages before absl::InitializeLog() is called are written to STDERR',
    'I0000 00:00:1795203776.058410   30470 port.cc:153] oneDNN custom operations are on.',
    'W0000 00:00:1795203776.058410   30470 gpu_device.cc:2342] Cannot dlopen some GPU libraries.',
  ].join('\n');
  expect(tensorflowWarnings(log)).toEqual([
    "Could not load dynamic library 'libcudnn.so.8'",
    'Cannot dlopen some GPU libraries.',
  ]);
});
