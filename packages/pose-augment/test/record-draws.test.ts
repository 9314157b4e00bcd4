import { createRandom, pipeline, recordDraws, replayDraws } from '../src';

describe('recordDraws(random)', () => {
  test('gives the numbers of the generator and lists them', () => {
    const [recorded, plain] = [recordDraws(createRandom(5)), createRandom(5)];
    const values = [plain.uniform(), plain.normal(), plain.uniform()];
    expect([recorded.uniform(), recorded.normal(), recorded.uniform()]).toEqual(values);
    expect(recorded.draws).toEqual([
      { kind: 'uniform', value: values[0] },
      { kind: 'normal', value: values[1] },
      { kind: 'uniform', value: values[2] },
    ]);
  });

  test('labels the draws of a pipeline by step, through pipelines within pipelines', () => {
    const random = recordDraws(createRandom(5));
    const inner = pipeline<number>({ shift: (x, { normal }) => x + normal() });
    const outer = pipeline<number>({ first: (x, { uniform }) => x + uniform(), then: inner, last: (x) => x });
    random.normal();
    outer(0, random);
    expect(random.draws.map(({ kind, step }) => [kind, step])).toEqual([
      ['normal', undefined],
      ['uniform', 'first'],
      ['normal', 'then/shift'],
    ]);
  });

  test('keeps the checks of a replay that it records', () => {
    const replay = replayDraws([{ kind: 'uniform', value: 0.5, step: 'other' }]);
    const step = pipeline<number>({ mine: (x, { uniform }) => x + uniform() });
    expect(() => step(0, recordDraws(replay))).toThrow('a uniform draw of step mine');
  });
});
