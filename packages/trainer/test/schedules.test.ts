import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectClose } from '@pose/golden-cases';
import type { JsonValue } from '../src/json-value';
import { constantRate } from '../src/schedule/constant-rate';
import { cosineRate } from '../src/schedule/cosine-rate';
import { gluonRate, type GluonRateOptions } from '../src/schedule/gluon-rate';
import { gluonStepRate } from '../src/schedule/gluon-step-rate';
import { gluonWarmupStepRate } from '../src/schedule/gluon-warmup-step-rate';
import { plateauRate } from '../src/schedule/plateau-rate';
import type { Schedule } from '../src/schedule/schedule';
import { stepRate } from '../src/schedule/step-rate';
import { warmupMultistepRate } from '../src/schedule/warmup-multistep-rate';
import { parity } from './golden';

interface Rates {
  lr: number[];
}

function ratesAt(schedule: Schedule, steps: readonly number[], stepsPerEpoch: number): number[] {
  return steps.map((step) => schedule.rate({ step, epoch: Math.floor(step / stepsPerEpoch), stepsPerEpoch }));
}

const epochs = (count: number) => Array.from({ length: count }, (_, epoch) => epoch);

interface CosineFixture {
  learningRate: number;
  minRate: number;
  byStep: { epochs: number; stepsPerEpoch: number; rates: number[] };
  byEpoch: { epochs: number; rates: number[] };
}

interface GluonStep {
  base_lr: number;
  nepochs: number;
  iters_per_epoch: number;
  step_epoch: number[];
  step_factor: number;
  updates: number[];
}

parity<GluonStep, Rates>('gluon_step', ({ inputs, expected, check }) => {
  const { base_lr: learningRate, nepochs, step_epoch: milestones, step_factor: factor } = inputs;
  const schedule = gluonStepRate({ learningRate, epochs: nepochs, milestones, factor });
  check('lr', ratesAt(schedule, inputs.updates, inputs.iters_per_epoch), expected.lr);
});

interface GluonSchedule {
  mode: GluonRateOptions['mode'];
  base_lr: number;
  target_lr: number;
  nepochs: number;
  iters_per_epoch: number;
  power: number;
  offset: number;
  updates: number[];
}

parity<GluonSchedule, Rates>('gluon_schedule', ({ inputs, expected, check }) => {
  const { mode, base_lr: baseRate, target_lr: targetRate, nepochs, power, offset } = inputs;
  const schedule = gluonRate({ mode, baseRate, targetRate, epochs: nepochs, power, offset });
  check('lr', ratesAt(schedule, inputs.updates, inputs.iters_per_epoch), expected.lr);
});

interface GluonWarmupStep {
  lr: number;
  warmup_epochs: number;
  num_epochs: number;
  iters_per_epoch: number;
  step_epoch: number[];
  step_factor: number;
  updates: number[];
}

parity<GluonWarmupStep, Rates>('gluon_warmup_step', ({ inputs, expected, check }) => {
  const { lr: learningRate, warmup_epochs: warmupEpochs, num_epochs, step_epoch: milestones } = inputs;
  const factor = inputs.step_factor;
  const schedule = gluonWarmupStepRate({ learningRate, epochs: num_epochs, milestones, factor, warmupEpochs });
  check('lr', ratesAt(schedule, inputs.updates, inputs.iters_per_epoch), expected.lr);
});

interface WarmupMultistep {
  base_lr: number;
  warmup_iters: number;
  start_factor: number;
  iters_per_epoch: number;
  milestones: number[];
  gamma: number;
  iterations: number[];
}

parity<WarmupMultistep, Rates>('mmengine_warmup_multistep', ({ inputs, expected, check }) => {
  const { base_lr: learningRate, milestones, gamma, warmup_iters, start_factor: startFactor } = inputs;
  const schedule = warmupMultistepRate({
    learningRate,
    milestones,
    gamma,
    warmup: { steps: warmup_iters, startFactor },
  });
  check('lr', ratesAt(schedule, inputs.iterations, inputs.iters_per_epoch), expected.lr);
});

interface Multistep {
  base_lr: number;
  milestones: number[];
  gamma: number;
  epochs: number;
}

parity<Multistep, Rates>('torch_multistep', ({ inputs, expected, check }) => {
  const { base_lr: learningRate, milestones, gamma } = inputs;
  check('lr', ratesAt(stepRate({ learningRate, milestones, gamma }), epochs(inputs.epochs), 1), expected.lr);
});

interface Plateau {
  lr: number;
  factor: number;
  patience: number;
  threshold: number;
  cooldown: number;
  min_lr: number;
  eps: number;
  losses: number[];
}

parity<Plateau, { rows: number[][] }>('reduce_on_plateau', ({ inputs, expected, check }) => {
  const { lr: learningRate, factor, patience, threshold, cooldown, min_lr: minRate, eps: epsilon } = inputs;
  const options = { learningRate, factor, patience, threshold, cooldown, minRate, epsilon };
  let schedule = plateauRate(options);
  const rows = inputs.losses.map((loss, epoch) => {
    if (epoch % 7 === 3) {
      const saved = JSON.stringify(schedule.state());
      schedule = plateauRate(options);
      schedule.restore(JSON.parse(saved) as JsonValue);
    }
    schedule.observe(loss);
    const { best, badEpochs, cooldown: left } = schedule.state() as Record<string, number>;
    return [schedule.rate({ step: epoch, epoch, stepsPerEpoch: 1 }), best, badEpochs, left];
  });
  check('rows', rows.flat(), expected.rows);
});

test('constantRate(learningRate) never changes', () => {
  expect(ratesAt(constantRate(1e-3), [0, 1, 1e6], 10)).toEqual([1e-3, 1e-3, 1e-3]);
});

test('stepRate(options) drops at the milestone itself, and without milestones never', () => {
  const options = { learningRate: 1e-3, milestones: [90, 120], gamma: 0.1 };
  expect(ratesAt(stepRate(options), [0, 89, 90, 119, 120], 1)).toEqual([
    1e-3,
    1e-3,
    1e-3 * 0.1,
    1e-3 * 0.1,
    1e-3 * 0.1 ** 2,
  ]);
  expect(ratesAt(stepRate({ ...options, milestones: [] }), [500], 1)).toEqual([1e-3]);
});

describe('cosineRate(options)', () => {
  const { learningRate, minRate, byStep, byEpoch } = JSON.parse(
    readFileSync(join(__dirname, 'fixtures/cosine-rate.json'), 'utf8'),
  ) as CosineFixture;

  test('follows PyTorch by step and by epoch', () => {
    const schedule = cosineRate({ learningRate, minRate, epochs: byStep.epochs });
    const rates = ratesAt(schedule, epochs(byStep.rates.length), byStep.stepsPerEpoch);
    expectClose(rates, byStep.rates, [0, 1e-12], 'by step');
    const slow = cosineRate({ learningRate, minRate, epochs: byEpoch.epochs, by: 'epoch' });
    expectClose(ratesAt(slow, epochs(byEpoch.epochs), 1), byEpoch.rates, [0, 1e-12], 'by epoch');
    expect(slow.rate({ step: 7, epoch: 3, stepsPerEpoch: 2 })).toBe(slow.rate({ step: 6, epoch: 3, stepsPerEpoch: 2 }));
  });

  test('stays at the lowest rate after its end', () => {
    const schedule = cosineRate({ learningRate, minRate, epochs: 2 });
    expectClose(ratesAt(schedule, [20, 21, 500], 10), [minRate, minRate, minRate], [1e-15, 0], 'end');
  });

  test('warms up linearly, and is the wave itself from the last step of the warm-up on', () => {
    const options = { learningRate, minRate, epochs: 12 };
    const wave = ratesAt(cosineRate(options), epochs(10), 5);
    const warm = ratesAt(cosineRate({ ...options, warmup: { steps: 5, startFactor: 0.2 } }), epochs(10), 5);
    const factors = [0.2, 0.4, 0.6, 0.8, 1, 1, 1, 1, 1, 1];
    expectClose(
      warm,
      wave.map((rate, step) => rate * factors[step]),
      [0, 1e-12],
      'warm-up',
    );
  });
});

describe('plateauRate(options)', () => {
  test('has no best value at first, which a saved state tells', () => {
    const schedule = plateauRate({ learningRate: 0.1 });
    const saved = JSON.parse(JSON.stringify(schedule.state())) as JsonValue;
    expect(saved).toEqual({ rate: 0.1, best: null, badEpochs: 0, cooldown: 0 });
    schedule.restore(saved);
    schedule.observe(5);
    expect(schedule.state()).toMatchObject({ best: 5, badEpochs: 0 });
  });

  test.each([null, 'plateau', [1], { rate: 1, best: 'none', badEpochs: 0, cooldown: 0 }, { rate: 1, best: 1 }])(
    'refuses the state %j and keeps its own',
    (saved) => {
      const schedule = plateauRate({ learningRate: 0.1 });
      const own = schedule.state();
      expect(() => schedule.restore(saved as JsonValue)).toThrow(
        `Expected the state of a plateauRate, { rate, best, badEpochs, cooldown }, found ${JSON.stringify(saved)}.`,
      );
      expect(schedule.state()).toEqual(own);
    },
  );
});

const STEPS = { learningRate: 1, milestones: [], gamma: 0.1 };
const GLUON = { learningRate: 1, milestones: [], factor: 0.1 };

test.each([
  [
    'gluonRate epochs: expected a number above 0, found 0.',
    () => gluonRate({ mode: 'linear', baseRate: 1, epochs: 0 }),
  ],
  ['gluonStepRate epochs: expected a number above 0, found -1.', () => gluonStepRate({ ...GLUON, epochs: -1 })],
  [
    'gluonStepRate epochs: expected a number above 0',
    () => gluonWarmupStepRate({ ...GLUON, epochs: 3, warmupEpochs: 3 }),
  ],
  ['cosineRate epochs: expected a number above 0, found NaN.', () => cosineRate({ learningRate: 1, epochs: NaN })],
  [
    'a whole number, 0 or from 2, found 1.',
    () => warmupMultistepRate({ ...STEPS, warmup: { steps: 1, startFactor: 0.1 } }),
  ],
  ['a number from 0 to 1, found 2.', () => warmupMultistepRate({ ...STEPS, warmup: { steps: 5, startFactor: 2 } })],
  [
    'plateauRate factor: expected a number from 0 to below 1, found 1.',
    () => plateauRate({ learningRate: 1, factor: 1 }),
  ],
  ['plateauRate patience: expected a whole number, 0 or more', () => plateauRate({ learningRate: 1, patience: -1 })],
])('refuses: %s', (message, make) => {
  expect(make).toThrow(message);
});
