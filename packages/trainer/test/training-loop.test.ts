import { readdirSync } from 'node:fs';
import { loadCheckpoint, loadCheckpointModel } from '../src/checkpoint/load-checkpoint';
import { evaluate } from '../src/evaluation/evaluate';
import { AdaBatch } from '../src/sampler/ada-batch';
import { tensorBoard } from '../src/telemetry/tensor-board-hooks';
import type { TrainingHooks } from '../src/training-hooks';
import { testEngine } from './engine';
import { readEvents, valuesOf } from './read-events';
import { temporaryFolder } from './temporary-folder';
import { expectResumes, readLast, tinyModel, tinyPhase, tinyTask, trainTiny } from './tiny-training';

const file = temporaryFolder();
beforeAll(testEngine);

describe('an average of the weights', () => {
  test('is evaluated and saved as `best`; `last` holds the trained weights and it', async () => {
    const { result, log, model } = await trainTiny(file('averaged'), {
      averageDecay: 0.1,
      evaluateEvery: 1,
      validationLoss: true,
    });
    const plain = await trainTiny(file('plain'), { evaluateEvery: 1, validationLoss: true });
    const losses = (entries: typeof log) => entries.flatMap((entry) => (entry.event === 'step' ? [entry.loss] : []));
    expect(losses(log)).toEqual(losses(plain.log)); // it does not change the training
    const { weights, average } = await readLast(file('averaged'));
    expect(weights).toEqual((await readLast(file('plain'))).weights);
    expect(average?.names).toEqual(model.trainableWeights.map(({ originalName }) => originalName));

    const best = await loadCheckpointModel(await loadCheckpoint(file('averaged/checkpoints/best')));
    const { stats } = await evaluate(best, tinyTask().evaluator);
    const evaluations = log.flatMap((entry) => (entry.event === 'evaluation' ? [entry.stats.score] : []));
    expect(stats.score).toBe(Math.max(...evaluations));
    expect(evaluations).not.toEqual(
      plain.log.flatMap((entry) => (entry.event === 'evaluation' ? [entry.stats.score] : [])),
    );
    expect(result.evaluation?.stats.score).toBe(evaluations.at(-1));
    const validation = (entries: typeof log) =>
      entries.flatMap((entry) => (entry.event === 'epoch' ? [entry.metrics.validationLoss] : []));
    expect(validation(log)).not.toEqual(validation(plain.log));
  });
});

/** A task whose evaluations have these scores, one after the other. */
function scored(...scores: number[]) {
  const task = tinyTask();
  const metric = () => ({ score: scores.shift() as number });
  return { ...task, evaluator: { ...task.evaluator, metric } };
}

describe('patience', () => {
  const options = { phases: [tinyPhase({ epochs: 6 })], evaluateEvery: 1, patience: 2 };

  test('ends a run after so many evaluations in a row without a better one, and says so; resumed, it trains no more', async () => {
    const stopped = await trainTiny(file('patient'), { ...options, task: scored(1, 0.5, 2, 2, 1.5, 9) });
    expect(stopped.lines.at(-1)).toBe('Stopped after epoch 5: 2 evaluations without a better one.');
    expect(stopped.log.at(-1)).toMatchObject({ event: 'evaluation', epoch: 4 });
    expect(stopped.result).toMatchObject({ interrupted: false, evaluation: { stats: { score: 1.5 } } });
    const { state } = await readLast(file('patient'));
    expect(state).toMatchObject({ epoch: 5, best: { value: 2, epoch: 2 }, evaluationsSinceBest: 2 });

    const resumed = await trainTiny(file('patient'), { ...options, resume: true, task: scored(1.5) });
    expect(resumed.log).toEqual(stopped.log);
    expect(resumed.result.evaluation?.stats).toEqual({ score: 1.5 });
    const longer = await trainTiny(file('patient'), { ...options, resume: true, patience: 3, task: scored(3) });
    expect(longer.log.at(-1)).toMatchObject({ epoch: 5, stats: { score: 3 } });
  });

  test('needs evaluations', async () => {
    await expect(trainTiny(file('none'), { patience: 1 })).rejects.toThrow(
      'evaluateEvery: expected 1 or more, for patience counts evaluations, found 0.',
    );
  });
});

test('a metric without the number that selects the best network is an error', async () => {
  await expect(trainTiny(file('unselected'), { task: scored(NaN) })).rejects.toThrow(
    "Expected the evaluator's metric to give a finite number 'score', which selects the best network, found NaN among score.",
  );
});

test.each([
  [{ accumulate: 0 }, 'accumulate: expected a whole number, 1 or more, found 0.'],
  [{ clipNorm: 0 }, 'clipNorm: expected a number above 0, found 0.'],
  [{ averageDecay: 1.5 }, 'averageDecay: expected a number above 0, at most 1, found 1.5.'],
  [{ saveEvery: NaN }, 'saveEvery: expected seconds, 0 or more, found NaN.'],
])('%j is refused before anything is written', async (options, message) => {
  await expect(trainTiny(file('refused'), options)).rejects.toThrow(message);
  expect(readdirSync(file())).not.toContain('refused');
});

describe('hooks', () => {
  /** Writes down what is called, with step and epoch. */
  function recorder() {
    const calls: string[] = [];
    const record = (name: string) => (at?: { step: number; epoch: number }) => {
      calls.push(at ? `${name} ${at.step} ${at.epoch}` : name);
    };
    const hooks: TrainingHooks = {
      onStart: record('start'),
      onStep: record('step'),
      onEpoch: record('epoch'),
      onEvaluation: record('evaluation'),
      onEnd: () => record('end')(),
    };
    return { calls, hooks };
  }
  const options = { task: tinyTask({ samples: 3 }), evaluateEvery: 2 };

  test('are called in order, each after the one before it', async () => {
    const { calls, hooks } = recorder();
    const slow: TrainingHooks = {
      onStep: async ({ step, learningRate, loss, metrics }) => {
        await new Promise(setImmediate);
        calls.push(`slow ${step} ${learningRate} ${loss > 0} ${metrics.accuracy >= 0}`);
      },
    };
    await trainTiny(file('hooked'), { ...options, hooks: [slow, hooks] });
    const step = (n: number, epoch: number) => [`slow ${n} 0.01 true true`, `step ${n} ${epoch}`];
    const first = [...step(1, 0), ...step(2, 0), 'epoch 2 0'];
    const second = [...step(3, 1), ...step(4, 1), 'epoch 4 1', 'evaluation 4 1'];
    expect(calls).toEqual(['start 0 0', ...first, ...second, 'end']);
  });

  test('learn of the end also when the run fails, and of the step where a resumed run goes on', async () => {
    const { calls, hooks } = recorder();
    const failing: TrainingHooks = {
      onStep: ({ step }) => (step === 3 ? Promise.reject(new Error('disk full')) : undefined),
    };
    await expect(trainTiny(file('failed'), { ...options, hooks: [hooks, failing] })).rejects.toThrow('disk full');
    expect(calls.slice(-2)).toEqual(['step 3 1', 'end']);
    calls.length = 0;
    await trainTiny(file('failed'), { ...options, hooks: [hooks], resume: true });
    expect(calls[0]).toBe('start 2 1');
  });

  test('tensorBoard() has each step once where a run was resumed', async () => {
    const board = () => [tensorBoard({ folder: file('board/events') })];
    const failing: TrainingHooks = {
      onStep: ({ step }) => (step === 3 ? Promise.reject(new Error('crash')) : undefined),
    };
    await expect(trainTiny(file('board'), { ...options, hooks: [...board(), failing] })).rejects.toThrow('crash');
    const { log } = await trainTiny(file('board'), { ...options, hooks: board(), resume: true });
    const shown = new Map<number, number>();
    for (const name of readdirSync(file('board/events')).sort()) {
      for (const event of readEvents(file('board/events', name))) {
        const [step = 0] = (event[2] ?? []) as number[];
        // A session that starts at a step hides what earlier ones logged from there on.
        if (event[7]) for (const later of [...shown.keys()].filter((at) => at >= step)) shown.delete(later);
        const loss = valuesOf(event)['loss/train']?.[2]?.[0] as number | undefined;
        if (loss === undefined) continue;
        expect(shown.has(step)).toBe(false);
        shown.set(step, loss);
      }
    }
    const logged = log.flatMap((entry): [number, number][] =>
      entry.event === 'step' ? [[entry.step, Math.fround(entry.loss)]] : [],
    );
    expect([...shown]).toEqual(logged);
  });
});

describe('a sampler', () => {
  test('that puts samples off makes epochs of different lengths, and goes on from the middle of any', async () => {
    const samples = 12;
    const options = () => ({
      task: tinyTask({ samples, batchSize: 4 }),
      phases: [tinyPhase({ epochs: 5 })],
      sampler: new AdaBatch({ samples, seed: 1, patience: 1, hardShare: 0.4 }),
    });
    const { log } = await expectResumes(file('ada'), options, [5, 11]);
    const lengths = [0, 1, 2, 3, 4].map(
      (epoch) => log.filter((entry) => entry.event === 'step' && entry.epoch === epoch).length,
    );
    expect(lengths[0]).toBe(3);
    expect(Math.min(...lengths)).toBeLessThan(3);
    expect(readdirSync(file('ada/whole'))).toContain('difficulty.png');
  });

  test('without a state does not go on with a run whose sampler had one', async () => {
    const sampler = () => new AdaBatch({ samples: 7, seed: 1 });
    await trainTiny(file('stateful'), { phases: [tinyPhase({ epochs: 1 })], sampler: sampler() });
    await expect(trainTiny(file('stateful'), { resume: true, model: tinyModel(9) })).rejects.toThrow(
      'stateful/checkpoints/last: expected a sampler that keeps a state. A run resumes with its own sampler.',
    );
    await trainTiny(file('stateful'), { resume: true, sampler: sampler() });
  });
});
