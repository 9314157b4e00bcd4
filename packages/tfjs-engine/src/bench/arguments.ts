import { InvalidArgumentError } from 'commander';
import { ENGINE_KINDS, type EngineKind } from '../engine-info';

export function engineKind(text: string): EngineKind {
  const kind = ENGINE_KINDS.find((one) => one === text);
  if (!kind) throw new InvalidArgumentError(`Expected ${ENGINE_KINDS.join(', ')}; found '${text}'.`);
  return kind;
}

/** Such as `256x192`: [height, width], which ResNet-like networks halve five times. */
export function heightByWidth(text: string): [number, number] {
  const match = /^(\d+)x(\d+)$/.exec(text);
  const sides = [Number(match?.[1]), Number(match?.[2])] as [number, number];
  if (!sides.every((side) => side > 0 && side % 32 === 0)) {
    throw new InvalidArgumentError('Expected HEIGHTxWIDTH, multiples of 32, such as 256x192.');
  }
  return sides;
}

export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text.trim()) || value === 0) throw new InvalidArgumentError('Expected a whole number above 0.');
  return value;
}
