import * as losses from '../src';

test('the public exports', () => {
  expect(Object.keys(losses).sort()).toEqual(['LossError', 'jointsMse']);
});
