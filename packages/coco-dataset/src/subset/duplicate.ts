import { DatasetError } from '../dataset-error';

/**
 * A list of instances several times over, one whole pass after the other, as training scripts lengthen the epoch of a
 * small subset (`--duplicate-data` of openpifpaf).
 *
 * @param times  whole number above 0
 * @returns the same objects, not copies
 * @throws DatasetError when `times` is anything else
 */
export function duplicate<Instance>(instances: readonly Instance[], times: number): Instance[] {
  if (!Number.isInteger(times) || times <= 0) {
    throw new DatasetError(`duplicate: expected a whole number above 0, found ${times}`);
  }
  return Array.from({ length: times }, () => instances).flat();
}
