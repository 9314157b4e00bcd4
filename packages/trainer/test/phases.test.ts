import { freeze } from '@pose/pose-models';
import { Adam } from '../src/optimizer/adam';
import { Sgd } from '../src/optimizer/sgd';
import { cosineRate } from '../src/schedule/cosine-rate';
import { plateauRate } from '../src/schedule/plateau-rate';
import { stepRate } from '../src/schedule/step-rate';
import { testEngine } from './engine';
import { temporaryFolder } from './temporary-folder';
import { expectResumes, tinyModel, tinyPhase, trainTiny } from './tiny-training';

const file = temporaryFolder();
beforeAll(testEngine);

/** Two epochs of the head alone, then two of everything; four steps each. */
const PHASES = [
  tinyPhase({
    frozen: /^(conv|bn)\d/,
    optimizer: () => new Sgd({ momentum: 0.9 }),
    schedule: () => stepRate({ learningRate: 0.1, milestones: [1], gamma: 0.5 }),
  }),
  tinyPhase({ schedule: () => cosineRate({ learningRate: 0.01, epochs: 2 }) }),
];

test('each phase has its own optimizer and schedule, whose steps and epochs start anew; frozen layers stay', async () => {
  const seen: Record<string, number[]>[] = [];
  const model = tinyModel();
  const values = () =>
    Object.fromEntries(model.weights.map((weight) => [weight.originalName, [...weight.read().dataSync()]]));
  const start = values();
  const positions: unknown[] = [];
  const [first, second] = PHASES.map((phase) => ({
    ...phase,
    schedule: () => {
      const schedule = phase.schedule();
      return { rate: (at: Parameters<typeof schedule.rate>[0]) => (positions.push(at), schedule.rate(at)) };
    },
  }));
  const hooks = [{ onEpoch: () => void seen.push(values()) }];
  const { log } = await trainTiny(file('phases'), { model, phases: [first, second], hooks });

  const place = (step: number) => ({ step, epoch: Math.floor(step / 4), stepsPerEpoch: 4 });
  const places = Array.from({ length: 8 }, (_, i) => place(i));
  expect(positions).toEqual([...places, ...places]);
  const rates = log.flatMap((entry) => (entry.event === 'step' ? [entry.learningRate] : []));
  expect(rates.slice(0, 8)).toEqual([0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05]);
  expect(rates.slice(8)).toEqual(places.map((at) => PHASES[1].schedule().rate(at)));

  const isFrozen = (name: string) => !name.startsWith('head');
  for (const name of Object.keys(start)) {
    expect({ name, same: String(seen[1][name]) === String(start[name]) }).toEqual({ name, same: isFrozen(name) });
    expect({ name, same: String(seen[3][name]) === String(seen[1][name]) }).toEqual({ name, same: false });
  }
  expect(Object.keys(start)).toEqual(expect.arrayContaining(['conv0/kernel', 'bn0/gamma', 'bn0/moving_variance']));
  expect(model.trainableWeights.length).toBe(tinyModel().trainableWeights.length);
});

test('a run that stops in the first phase, at its end or in the second goes on as if it had not', async () => {
  const options = () => ({ phases: PHASES, evaluateEvery: 2 });
  await expectResumes(file('stopped'), options, [3, 8, 14]);
});

test('a phase that is listed twice begins twice', async () => {
  const phase = { ...PHASES[0], epochs: 1 };
  const { log } = await trainTiny(file('twice'), { phases: [phase, phase] });
  const rates = log.flatMap((entry) => (entry.event === 'step' ? [entry.learningRate] : []));
  expect(rates).toEqual(new Array(8).fill(0.1));
});

test('a run resumes in the phase that it is in: the phases after it may change, those before may not', async () => {
  await trainTiny(file('changed'), { phases: [tinyPhase({ epochs: 1 })] });
  await expect(
    trainTiny(file('changed'), { phases: [tinyPhase({ epochs: 1 }), tinyPhase()], resume: true }),
  ).rejects.toThrow(
    `${file('changed')}/checkpoints/last: phases: expected epoch 1 in a phase that begins at epoch 1, found one that ` +
      'began at epoch 0.',
  );
  const { log } = await trainTiny(file('changed'), { phases: [tinyPhase({ epochs: 2 }), tinyPhase()], resume: true });
  expect(log.filter(({ event }) => event === 'epoch').map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3]);
});

test('a mistake in a later phase is an error before anything is trained or written', async () => {
  const second = (phase: object) => [tinyPhase(), tinyPhase(phase)];
  for (const [phases, message] of [
    [[], 'phases: expected at least one, found none.'],
    [second({ epochs: 1.5 }), 'phases[1].epochs: expected a whole number, 1 or more, found 1.5.'],
    [
      second({ frozen: /layer9/ }),
      'phases[1].frozen: expected a pattern that matches layers of the model, found /layer9/',
    ],
    [second({ optimizer: () => new Adam({ beta1: 2 }) }), 'beta1: expected'],
    [second({ schedule: () => plateauRate({ learningRate: 1, factor: 2 }) }), 'plateauRate factor: expected'],
  ] as const) {
    await expect(trainTiny(file('mistaken'), { phases })).rejects.toThrow(message);
  }
  await trainTiny(file('mistaken'), { phases: [tinyPhase({ epochs: 1 })] });
});

describe('a plateau schedule', () => {
  const schedule = () => plateauRate({ learningRate: 0.05, factor: 0.5, patience: 0, threshold: 0.01 });
  const options = () => ({ phases: [tinyPhase({ epochs: 5, schedule })], validationLoss: true });

  test('observes the validation loss, and goes on from what it has learned', async () => {
    const { log } = await expectResumes(file('plateau'), options, [13]);
    const epochs = log.filter((entry) => entry.event === 'epoch');
    const twin = schedule();
    for (const { learningRate, metrics } of epochs) {
      expect(learningRate).toBe(twin.rate({ step: 0, epoch: 0, stepsPerEpoch: 1 }));
      twin.observe(metrics.validationLoss);
    }
    expect(epochs.at(-1)?.learningRate).toBeLessThan(0.05);
    // The training loss would have made other rates.
    const trained = schedule();
    for (const { loss } of epochs) trained.observe(loss);
    expect(trained.state()).not.toEqual(twin.state());
  });

  test('observes the training loss where no validation loss is measured', async () => {
    const observed: number[] = [];
    const watched = () => ({ ...schedule(), observe: (value: number) => void observed.push(value) });
    const { log } = await trainTiny(file('watched'), { phases: [tinyPhase({ schedule: watched })] });
    expect(observed).toEqual(log.flatMap((entry) => (entry.event === 'epoch' ? [entry.loss] : [])));
  });
});

test('layers that the model had frozen before stay so', async () => {
  const model = tinyModel();
  freeze(model, /^conv0$/);
  const kernel = () => [...model.getLayer('conv0').getWeights()[0].dataSync()];
  const before = kernel();
  await trainTiny(file('outside'), { model, phases: [tinyPhase({ frozen: /^bn/ })] });
  expect(kernel()).toEqual(before);
});
