import type { Image, Size } from '@pose/pose-augment';
import type { Person, PersonBox } from './person';

export interface PredictOptions {
  /** The people's boxes, for top-down networks. Default: the whole image is one person's box. */
  boxes?: readonly PersonBox[];
  /** Instead of `boxes`: a detector that finds them, at once or later. */
  detect?: (image: Image) => readonly PersonBox[] | Promise<readonly PersonBox[]>;
}

/** An image, and where its people are. */
export interface PredictItem extends PredictOptions {
  /** RGB bytes. */
  image: Image;
}

/** A network with all that lies before and behind it. */
export interface Predictor {
  readonly kind: 'top-down' | 'bottom-up';
  /** Names of the keypoints that it gives, in their order. */
  readonly keypointNames: readonly string[];
  /** Of the network, `[width, height]` in pixels. */
  readonly inputSize: Size;
  /**
   * The people of an image.
   *
   * @param image  RGB bytes
   * @returns for a top-down network one person per box, in that order, without those that a detector found twice
   * @throws PredictorError when the image is no RGB image, a box has no extent or lies outside of it, boxes are given to
   *   a bottom-up network, or the network's outputs are not finite
   */
  predict(image: Image, options?: PredictOptions): Promise<Person[]>;
  /**
   * The people of several images, whose crops go through the network together.
   *
   * @returns those of each image
   * @throws PredictorError as `predict`
   */
  predictMany(items: readonly PredictItem[]): Promise<Person[][]>;
  /** Frees the network's memory, unless it was given as `network`. */
  dispose(): void;
}
