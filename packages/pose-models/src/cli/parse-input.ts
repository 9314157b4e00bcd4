import { ModelError } from '../model-error';

/** `256x192` to [width, height]. */
export function parseInput(input: string): [number, number] {
  const match = /^(\d+)x(\d+)$/.exec(input);
  if (!match) throw new ModelError(`Expected --input HEIGHTxWIDTH such as 256x192, found ${input}`);
  return [Number(match[2]), Number(match[1])];
}
