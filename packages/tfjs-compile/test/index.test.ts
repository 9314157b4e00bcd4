import * as compile from '../src';

test('the public exports', () => {
  expect(Object.keys(compile).sort()).toEqual([
    'CompileError',
    'RUNTIMES',
    'compile',
    'defaultRuntime',
    'exportOnnx',
    'exportSavedModel',
    'freezeVariables',
    'openOnnx',
    'openTensorFlow',
    'openTensorFlowTraining',
    'optimize',
    'trace',
  ]);
});
