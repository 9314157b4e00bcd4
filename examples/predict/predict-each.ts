import { PredictorError, type Person, type Predictor, type PredictItem } from '@pose/predictor';

/**
 * The people of each image, or why there is no answer for it. Images are predicted on together; where that fails, each by
 * itself, so that one does not cost the others.
 */
export async function predictEach(
  predictor: Pick<Predictor, 'predictMany'>,
  items: readonly PredictItem[],
): Promise<(Person[] | PredictorError)[]> {
  try {
    return await predictor.predictMany(items);
  } catch (error) {
    if (!(error instanceof PredictorError)) throw error;
    if (items.length === 1) return [error];
    const found: (Person[] | PredictorError)[] = [];
    for (const item of items) found.push(...(await predictEach(predictor, [item])));
    return found;
  }
}
