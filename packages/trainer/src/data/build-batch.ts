import { bottomUpSamples } from './bottom-up/bottom-up-samples';
import type { BatchKind, SampleMaker } from './batch-kinds';
import type { BatchTask, BuiltBatch, SkippedItem } from './batch-task';
import { firstSamples, sampleAt } from './sample-arrays';
import { topDownSamples } from './top-down/top-down-samples';
import { UnreadableImage } from './unreadable-image';
import type { Workspace } from './workspace';

const MAKERS: { [Kind in BatchKind]: SampleMaker<Kind> } = {
  'top-down': topDownSamples,
  'bottom-up': bottomUpSamples,
};

/**
 * Makes the samples of one batch. The result depends on the task alone, not on who runs it.
 *
 * @throws UnreadableImage when an image cannot be used, unless the task skips such items
 */
export async function buildBatch<Kind extends BatchKind>(
  task: BatchTask<Kind>,
  workspace: Workspace,
): Promise<BuiltBatch<Kind>> {
  const { settings, items, seeds, capacity, skipUnreadable, keepImages } = task;
  workspace.keepsImages = keepImages;
  const maker: SampleMaker<Kind> = MAKERS[settings.kind as Kind] as SampleMaker<Kind>;
  const arrays = task.room ?? maker.allocate(settings, items[0], capacity);
  const skipped: SkippedItem[] = [];
  for (const [place, item] of items.entries()) {
    try {
      const sample = sampleAt(arrays, place - skipped.length, capacity);
      await maker.write(settings, item, seeds[place], sample, workspace);
    } catch (error) {
      if (!(skipUnreadable && error instanceof UnreadableImage)) throw error;
      skipped.push({ place, file: error.file, message: error.message });
    }
  }
  return { arrays: firstSamples(arrays, items.length - skipped.length, capacity), skipped };
}
