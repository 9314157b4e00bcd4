import { DatasetError } from '../dataset-error';
import { seededRank } from './seeded-rank';

/** Which images to take; each condition narrows the choice of those before it. */
export interface ImageChoice {
  /** Images with these ids. */
  imageIds?: readonly number[];
  /** A share of the images from 0 to 1, drawn by `seed`: the nearest whole number of them, at least one. */
  share?: number;
  /** Draws the share; 0 by default. A larger share with the same seed has all images of a smaller one. */
  seed?: number;
  /** The first n images in the order of the file. */
  first?: number;
}

/**
 * The ids that are chosen from the ids of a file's images, in the order of the file.
 *
 * @throws DatasetError when a condition is out of range, an id is not there, or nothing is chosen
 */
export function chooseImages(
  ids: readonly number[],
  { imageIds, share, seed = 0, first }: ImageChoice,
  source: string,
): number[] {
  let chosen = [...ids];
  if (imageIds) {
    const known = new Set(ids);
    const missing = imageIds.filter((id) => !known.has(id));
    if (missing.length > 0) {
      throw new DatasetError(
        `${source}: images: expected the ids ${missing.slice(0, 5).join(', ')}${missing.length > 5 ? ', ...' : ''} ` +
          `among ${ids.length} images, found ${missing.length} of ${imageIds.length} missing`,
      );
    }
    const wanted = new Set(imageIds);
    chosen = chosen.filter((id) => wanted.has(id));
  }
  if (share !== undefined) chosen = drawShare(chosen, share, seed);
  if (first !== undefined) {
    if (!Number.isInteger(first) || first <= 0) {
      throw new DatasetError(`first: expected a whole number of images above 0, found ${first}`);
    }
    chosen = chosen.slice(0, first);
  }
  if (chosen.length === 0)
    throw new DatasetError(`${source}: images: expected at least one that is chosen, found none`);
  return chosen;
}

function drawShare(ids: readonly number[], share: number, seed: number): number[] {
  if (!(share > 0 && share <= 1)) {
    throw new DatasetError(`share: expected a number above 0, at most 1, found ${share}`);
  }
  if (!Number.isSafeInteger(seed)) throw new DatasetError(`seed: expected a whole number, found ${seed}`);
  const count = Math.max(1, Math.round(share * ids.length));
  const ranked = ids.map((id, place) => ({ id, place, rank: seededRank(seed, id) }));
  ranked.sort((a, b) => a.rank - b.rank || a.place - b.place);
  const drawn = ranked.slice(0, count).sort((a, b) => a.place - b.place);
  return drawn.map(({ id }) => id);
}
