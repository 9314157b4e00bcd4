import { AugmentError, type Draw, pipeline, replayDraws } from '../src';

describe('replayDraws(draws)', () => {
  const draws: Draw[] = [
    { kind: 'uniform', value: 0.25 },
    { kind: 'normal', value: -3 },
  ];

  test('gives the draws in order and counts those left', () => {
    const random = replayDraws(draws);
    expect([random.left, random.uniform(), random.left, random.normal(), random.left]).toEqual([2, 0.25, 1, -3, 0]);
  });

  test('refuses another kind and the end of the list, and stays where it was', () => {
    const random = replayDraws(draws);
    expect(() => random.normal()).toThrow('Expected a normal draw but draw 0 of the recording is a uniform draw');
    expect(random.left).toBe(2);
    random.uniform();
    random.normal();
    expect(() => random.uniform()).toThrow('Expected a uniform draw but all 2 recorded draws are used up');
  });

  test('refuses a draw of another step, where the recording names steps', () => {
    const steps = pipeline<number>({ scale: (x, { uniform }) => x + uniform() });
    expect(steps(1, replayDraws([{ kind: 'uniform', value: 0.5 }]))).toBe(1.5);
    expect(steps(1, replayDraws([{ kind: 'uniform', value: 0.5, step: 'scale' }]))).toBe(1.5);
    expect(() => steps(1, replayDraws([{ kind: 'uniform', value: 0.5, step: 'flip' }]))).toThrow(
      'Expected a uniform draw of step scale but draw 0 of the recording is a uniform draw of step flip; ' +
        'replay with the pipeline that was recorded',
    );
  });

  test('refuses lists that are no draws', () => {
    expect(() => replayDraws([...draws, { kind: 'randn' as 'normal', value: 1 }])).toThrow(
      "Expected { kind: 'uniform', value from 0 to below 1 } or { kind: 'normal', finite value } for draw 2 but received randn 1",
    );
    expect(() => replayDraws([{ kind: 'uniform', value: 1 }])).toThrow('for draw 0 but received uniform 1');
    expect(() => replayDraws([{ kind: 'normal', value: NaN }])).toThrow(AugmentError);
  });
});
