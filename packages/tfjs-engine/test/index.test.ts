import * as engine from '../src/index';

test('the public exports are exactly these', () => {
  expect(Object.keys(engine).sort()).toEqual(['ENGINE_PREFERENCES', 'EngineError', 'explainOutOfMemory', 'useEngine']);
});
