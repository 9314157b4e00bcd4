import type * as tfl from '@tensorflow/tfjs-layers';
import { ModelError } from '../model-error';

export type Layer = tfl.layers.Layer;

/** Which layers take each layer's output; the model's own outputs count as taken by `undefined`. */
export type Consumers = ReadonlyMap<Layer, readonly (Layer | undefined)[]>;

/** @throws ModelError when a layer is used more than once */
export function consumers(model: tfl.LayersModel): Consumers {
  const result = new Map<Layer, (Layer | undefined)[]>(model.layers.map((layer) => [layer, []]));
  for (const layer of model.layers) {
    if (layer.inboundNodes.length !== 1) {
      throw new ModelError(
        `Expected every layer to be used once, found ${layer.name} used ${layer.inboundNodes.length} times`,
      );
    }
    for (const source of sources(layer)) result.get(source)!.push(layer);
  }
  for (const { sourceLayer } of model.outputs) result.get(sourceLayer as Layer)!.push(undefined);
  return result;
}

/** The layers whose outputs a layer takes. */
export function sources(layer: Layer): readonly Layer[] {
  return layer.inboundNodes[0].inboundLayers;
}

/** The layer that alone takes this one's output, if it is of that class. */
export function follower(layer: Layer, className: string, next: Consumers): Layer | undefined {
  const [only, ...more] = next.get(layer)!;
  return more.length === 0 && only?.getClassName() === className ? only : undefined;
}

/** As `follower`, for a ReLU without upper bound. */
export function reluAfter(layer: Layer, next: Consumers): Layer | undefined {
  const relu = follower(layer, 'ReLU', next);
  return relu?.getConfig()['maxValue'] === undefined ? relu : undefined;
}
