import { encodePng } from '@pose/pose-viz/node';
import { TrainerError } from '../trainer-error';
import type { TrainingHooks } from '../training-hooks';
import { EventWriter } from './event-writer';
import { weightValues } from './histograms';

export interface TensorBoardOptions {
  /** Where the event files go; `tensorboard --logdir` takes it or a folder above it. */
  folder: string;
  /** Histograms of all trainable weights after each epoch. Default false. */
  histograms?: boolean;
  /** Pictures of the predictions at each evaluation. Default false. */
  images?: boolean;
  /** Steps from one that is logged to the next, a positive integer. Default 1. */
  every?: number;
}

/**
 * Logs a run for TensorBoard. Tags: `loss/train`, `<metric>/train` and `learning_rate` of steps; `loss/epoch`,
 * `<metric>/epoch` and `images_per_second` of epochs; `evaluation/<stat>`; `weights/<variable>`; `predictions/<picture>`.
 * The x axis counts optimizer steps.
 *
 * @throws TrainerError when `every` is no positive integer; the hooks, when the event file cannot be written
 */
export function tensorBoard(options: TensorBoardOptions): Required<TrainingHooks> {
  const { folder, histograms = false, images = false, every = 1 } = options;
  if (!Number.isInteger(every) || every < 1) {
    throw new TrainerError(`tensorBoard: expected a positive integer for every, found ${every}.`);
  }
  let opened: EventWriter | undefined;
  const events = () => {
    if (!opened) throw new TrainerError('tensorBoard: a hook was called before onStart, which opens the event file.');
    return opened;
  };
  return {
    async onStart({ step }) {
      opened = await EventWriter.open(folder, step + 1);
    },
    onStep({ step, loss, metrics, learningRate }) {
      if (step % every === 0) {
        events().scalars(step, { ...named({ loss, ...metrics }, 'train'), learning_rate: learningRate });
      }
    },
    async onEpoch({ step, loss, metrics, imagesPerSecond, model }) {
      events().scalars(step, { ...named({ loss, ...metrics }, 'epoch'), images_per_second: imagesPerSecond });
      if (!histograms) return;
      for await (const [name, values] of weightValues(model)) events().histogram(step, `weights/${name}`, values);
    },
    async onEvaluation({ step, stats, pictures }) {
      events().scalars(
        step,
        Object.fromEntries(Object.entries(stats).map(([name, value]) => [`evaluation/${name}`, value])),
      );
      if (!images) return;
      for (const [name, image] of Object.entries(await pictures())) {
        events().image(step, `predictions/${name}`, encodePng(image), image.width, image.height);
      }
    },
    async onEnd() {
      await opened?.close();
      opened = undefined;
    },
  };
}

/** One group of charts for each number: its steps and its epochs side by side. */
function named(values: Record<string, number>, when: 'train' | 'epoch'): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${name}/${when}`, value]));
}
