/** What training needs of a batch; the tasks add the arrays of their targets. `Batch` is one. */
export interface TrainingBatch {
  /** Float32 [batch, height, width, 3], normalised RGB. */
  input: Float32Array;
  /** Whose samples these are, in order. */
  items: readonly SampleSource[];
  /** Their places in the data. */
  places: readonly number[];
  /** Its place in the epoch, from 0. */
  index: number;
  /** Hands the arrays back; they are not used afterwards. */
  release(): void;
}

/** Where a sample comes from, for messages about it. */
export interface SampleSource {
  imageId: number;
  imageFile: string;
  /** Of samples that show one person. */
  annotationId?: number;
}

/** Samples in batches, in any order that is asked for. A `BatchLoader` is one. */
export interface TrainingData<B extends TrainingBatch> {
  readonly samples: number;
  readonly batchSize: number;
  /** All that is random about the samples depends on it, on the epoch and on the sample's place. */
  readonly seed: number;
  /** The samples at these places, from batch `first` on, as they are in that epoch. */
  chosen(places: Uint32Array, epoch: number, first: number): AsyncGenerator<B>;
}

/** Samples to evaluate on. A `BatchLoader` is one. */
export interface EvaluationData<B extends TrainingBatch> {
  readonly samples: number;
  /** Every sample once, in the order of the data set. */
  inOrder(): AsyncGenerator<B>;
}

/** 'annotations 7, 8' or 'images 7, 8'. */
export function nameSamples(items: readonly SampleSource[]): string {
  const people = items.every(({ annotationId }) => annotationId !== undefined);
  const ids = items.map(({ annotationId, imageId }) => (people ? annotationId : imageId));
  return `${people ? 'annotations' : 'images'} ${ids.join(', ')}`;
}
