import { TrainerError } from './trainer-error';

/** @throws TrainerError naming the option, what it should be and what it is, unless `holds` */
export function checkOption(name: string, found: number, expected: string, holds: boolean): void {
  if (!holds) throw new TrainerError(`${name}: expected ${expected}, found ${found}.`);
}
