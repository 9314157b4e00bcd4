import { isCount } from '../model-definition';
import { ModelError } from '../model-error';

/** @throws ModelError when the option is not a positive even number */
export function checkEven(name: string, value: number): void {
  if (!isCount(value) || value % 2 !== 0) {
    throw new ModelError(`Expected a positive even number for ${name}, found ${value}`);
  }
}
