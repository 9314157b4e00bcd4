import { createModel, countMultiplyAdds, formatSummary, summary } from '../../src';
import { startEngine } from '../engine';

beforeAll(async () => {
  await startEngine();
});

test('summary(model) of ResNet-18 at 256x192 has the published totals', () => {
  const model = createModel('pose_resnet18', { seed: null });
  const { name, layers, ...totals } = summary(model);
  expect(name).toBe('pose_resnet18');
  expect(totals).toEqual({ params: 15_387_857, trainable: 15_376_721, unused: 0, macs: 2_897_215_488 });
  expect(layers.reduce((sum, { params }) => sum + params, 0)).toBe(totals.params);
  expect(layers.find(({ layer }) => layer === 'conv1')).toEqual({
    layer: 'conv1',
    type: 'Conv2D',
    outputShape: [128, 96, 64],
    params: 9408,
  });
  expect(layers.at(-1)).toEqual({ layer: 'final_layer', type: 'Conv2D', outputShape: [64, 48, 17], params: 4369 });
  model.dispose();
});

test('countMultiplyAdds(model) grows with the area of the input', () => {
  const [small, large] = [
    [32, 32],
    [64, 96],
  ].map((inputSize) => createModel('pose_resnet50', { inputSize: inputSize as [number, number], seed: null }));
  expect(countMultiplyAdds(large)).toBe(6 * countMultiplyAdds(small));
  small.dispose();
  large.dispose();
});

test('formatSummary(summary) is a table with the totals below', () => {
  const text = formatSummary({
    name: 'tiny',
    layers: [
      { layer: 'image', type: 'InputLayer', outputShape: [64, 32, 3], params: 0 },
      { layer: 'conv1', type: 'Conv2D', outputShape: [32, 16, 64], params: 9408 },
    ],
    params: 9536,
    trainable: 9408,
    unused: 0,
    macs: 1234567,
  });
  expect(text).toMatchInlineSnapshot(`
   "tiny
   -----------------------------------------------
   Layer (type)        Output shape     Parameters
   -----------------------------------------------
   image (InputLayer)  (N, 64, 32, 3)            0
   conv1 (Conv2D)      (N, 32, 16, 64)       9,408
   -----------------------------------------------
   Parameters                         9,536
     trainable                        9,408
     not trained                        128
   Multiply-adds per image        1,234,567"
  `);
});
