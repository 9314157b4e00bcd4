import type { ImageInstance, PersonInstance } from '@pose/coco-dataset';
import type { BottomUpArrays, BottomUpSettings } from './bottom-up/bottom-up-settings';
import type { TopDownArrays, TopDownSettings } from './top-down/top-down-settings';
import type { Workspace } from './workspace';

/** What a batch of each kind is made from, how, and of what. Items and settings are plain data, to be sent to a worker. */
export interface BatchKinds {
  'top-down': { item: PersonInstance; settings: TopDownSettings; arrays: TopDownArrays };
  'bottom-up': { item: ImageInstance; settings: BottomUpSettings; arrays: BottomUpArrays };
}

export type BatchKind = keyof BatchKinds;
export type Item<Kind extends BatchKind> = BatchKinds[Kind]['item'];
export type Settings<Kind extends BatchKind> = BatchKinds[Kind]['settings'];
export type Arrays<Kind extends BatchKind> = BatchKinds[Kind]['arrays'];

/** How samples of one kind are made. */
export interface SampleMaker<Kind extends BatchKind> {
  /** Arrays for `count` samples of these settings and keypoints. */
  allocate(settings: Settings<Kind>, item: Item<Kind>, count: number): Arrays<Kind>;
  /**
   * Writes the sample of `item`, which depends on settings, item and seed alone.
   *
   * @param into  arrays of one sample, of any content
   * @throws UnreadableImage when the image is missing or broken, or of another size than annotated
   */
  write(
    settings: Settings<Kind>,
    item: Item<Kind>,
    seed: readonly number[],
    into: Arrays<Kind>,
    workspace: Workspace,
  ): Promise<void>;
}
