import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { apply } from './apply';

/**
 * torch.split along the channels: [N, H, W, C] to a [N, H, W, size] for each size; these add up to C.
 * tf.layers has no layer that slices; told that channels come first, Cropping2D crops the last two axes.
 */
export function splitChannels(x: tfl.SymbolicTensor, name: string, sizes: readonly number[]): tfl.SymbolicTensor[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let start = 0;
  const layers = sizes.map((size, i) => {
    const cropping: Cropping = [
      [0, 0],
      [start, total - start - size],
    ];
    start += size;
    return tfl.layers.cropping2D({ name: `${name}.${i}`, cropping, dataFormat: 'channelsFirst' });
  });
  splitTogether(layers, sizes);
  return layers.map((layer) => apply(layer, x));
}

/** torch.chunk into two: [N, H, W, C] to two of [N, H, W, C / 2]. */
export function halves(x: tfl.SymbolicTensor, name: string): [first: tfl.SymbolicTensor, second: tfl.SymbolicTensor] {
  const half = x.shape[3]! / 2;
  const [first, second] = splitChannels(x, name, [half, half]);
  return [first, second];
}

type Cropping = [[top: number, bottom: number], [left: number, right: number]];

/**
 * As `splitTogether` of those layers that crop channels, if together they cut an image into all of its parts.
 *
 * @param layers  all that take the output of one layer
 */
export function splitWhereTiled(layers: readonly (tfl.layers.Layer | undefined)[], channels: number): void {
  const parts = layers
    .filter((layer) => layer !== undefined)
    .filter((layer) => layer.getClassName() === 'Cropping2D' && layer.getConfig()['dataFormat'] === 'channelsFirst')
    .map((layer) => ({ layer, cropping: layer.getConfig()['cropping'] as Cropping }))
    .sort((a, b) => a.cropping[1][0] - b.cropping[1][0]);
  let start = 0;
  const sizes = parts.map(({ cropping: [rows, [left, right]] }) => {
    const fits = rows[0] === 0 && rows[1] === 0 && left === start;
    start = fits ? channels - right : Number.NaN;
    return start - left;
  });
  if (start === channels && parts.length > 1) {
    splitTogether(
      parts.map(({ layer }) => layer),
      sizes,
    );
  }
}

/**
 * Makes cropping layers of one input share the work: whichever runs first cuts the image into the parts of all. Each by
 * itself copies it once whole and once cropped, and has a gradient of the whole image's size.
 */
function splitTogether(layers: readonly tfl.layers.Layer[], sizes: readonly number[]): void {
  const cut = new WeakMap<tf.Tensor, Map<tfl.layers.Layer, tf.Tensor>>();
  for (const layer of layers) {
    layer.call = (inputs) => {
      const image = Array.isArray(inputs) ? inputs[0] : inputs;
      let part = cut.get(image)?.get(layer);
      if (!part || part.isDisposed) {
        const parts = tf.split(image, [...sizes], 3);
        cut.set(image, new Map(layers.map((one, i) => [one, parts[i]])));
        part = parts[layers.indexOf(layer)];
      }
      cut.get(image)!.delete(layer); // it belongs to the caller now
      return part;
    };
  }
}
