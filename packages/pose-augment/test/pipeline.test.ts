import { AugmentError, createRandom, pipeline, replayDraws, type Step } from '../src';

describe('pipeline(steps)', () => {
  test('applies the steps in the order of their names, each to the result of the one before', () => {
    const append =
      (letter: string): Step<string> =>
      (text) =>
        text + letter;
    expect(pipeline({ a: append('a'), c: append('c'), b: append('b') })('', createRandom(1))).toBe('acb');
    expect(
      pipeline({ ...{ a: append('a'), b: append('b') }, a: append('A'), z: append('z') })('', createRandom(1)),
    ).toBe('Abz');
  });

  test('hands the generator on, so that draws come in the order of the steps', () => {
    const draw: Step<number[]> = (list, random) => [...list, random.uniform()];
    const [random, twin] = [createRandom(2), createRandom(2)];
    expect(pipeline({ first: draw, second: draw })([], random)).toEqual([twin.uniform(), twin.uniform()]);
  });

  test('without steps gives the sample back and draws nothing', () => {
    const sample = {};
    expect(pipeline({})(sample, replayDraws([]))).toBe(sample);
  });

  test('refuses steps that are no functions, and names that JavaScript would sort', () => {
    expect(() => pipeline({ scale: 0.5 as unknown as Step<number> })).toThrow(
      'Expected a function (sample, random) for step scale but received number',
    );
    expect(() => pipeline({ b: (x: number) => x, 1: (x: number) => x })).toThrow(AugmentError);
  });
});
