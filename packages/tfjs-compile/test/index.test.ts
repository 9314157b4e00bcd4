import * as compile from '../src';

test('the public exports', () => {
  expect(Object.keys(compile).sort()).toEqual([
    'CompileError',
    'ONNX_PROVIDERS',
    'PRECISIONS',
    'RUNTIMES',
    'compile',
    'defaultRuntime',
    'exportOnnx',
    'exportSavedModel',
    'freezeVariables',
    'openOnnx',
    'openOnnxTraining',
    'openTensorFlow',
    'openTensorFlowTraining',
    'openTraining',
    'optimize',
    'reducePrecision',
    'trace',
  ]);
});
