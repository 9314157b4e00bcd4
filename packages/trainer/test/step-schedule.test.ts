import { stepLearningRate } from '../src/optimizer/step-schedule';
import { parity } from './golden';

interface Inputs {
  base_lr: number;
  milestones: number[];
  gamma: number;
  epochs: number;
}

parity<Inputs, { lr: number[] }>('torch_multistep', ({ inputs, expected, check }) => {
  const { base_lr: learningRate, milestones, gamma, epochs } = inputs;
  const schedule = { learningRate, milestones, gamma };
  check(
    'lr',
    Array.from({ length: epochs }, (_, epoch) => stepLearningRate(schedule, epoch)),
    expected.lr,
  );
});

test('stepLearningRate(schedule, epoch) drops at the milestone itself, and without milestones never', () => {
  const schedule = { learningRate: 1e-3, milestones: [90, 120], gamma: 0.1 };
  expect([0, 89, 90, 119, 120].map((epoch) => stepLearningRate(schedule, epoch))).toEqual([
    1e-3,
    1e-3,
    1e-3 * 0.1,
    1e-3 * 0.1,
    1e-3 * 0.1 ** 2,
  ]);
  expect(stepLearningRate({ ...schedule, milestones: [] }, 500)).toBe(1e-3);
});
