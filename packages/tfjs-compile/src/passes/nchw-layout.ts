import { resultsOf, sizeOf, type Graph, type Operation, type Value } from '../graph/graph';
import { IMAGE_KERNELS } from './image-kernels';
import { followLayout } from './layout-followers';
import { Layouts } from './layouts';

const MOST_COLOURS = 4;

/**
 * The graph with its image kernels on NCHW images, marked by the attribute `dataFormat: 'NCHW'`; filters stay as they
 * are. What works on any layout follows its inputs, so that transpositions remain only where a kernel that needs NHWC
 * meets one of NCHW; inputs, outputs and variables stay NHWC. A convolution of small images with a large filter that
 * changes stays, too.
 */
export function nchwLayout(graph: Graph): Graph {
  const layouts = new Layouts();
  const given = [...graph.inputs.values(), ...graph.constants.keys(), ...graph.variables.map(({ before }) => before)];
  for (const value of given) layouts.addNhwc(value);
  for (const operation of graph.operations) {
    layouts.operations.push(
      imageOperation(operation, layouts, graph) ?? followLayout(operation, layouts) ?? stay(operation, layouts),
    );
  }
  for (const value of resultsOf(graph)) layouts.nhwc(value);
  return { ...graph, operations: layouts.operations };
}

function imageOperation(operation: Operation, layouts: Layouts, graph: Graph): Operation | undefined {
  const kernel = IMAGE_KERNELS[operation.kernel];
  if (kernel === undefined || operation.inputs[kernel.images[0]].shape.length !== 4) return undefined;
  if (isForMatrices(operation, graph) || isFilterGradientOfMany(operation)) return undefined;
  const inputs = Object.entries(operation.inputs).map(([name, value]): [string, Value] => [
    name,
    kernel.images.includes(name) ? layouts.nchw(value) : layouts.nhwc(value),
  ]);
  const outputs = operation.outputs.map((value, i) => {
    if (i === 0 && kernel.givesImage) return layouts.makeNchw(value);
    layouts.addNhwc(value);
    return value;
  });
  const attributes = { ...operation.attributes, dataFormat: 'NCHW' };
  return { ...operation, inputs: Object.fromEntries(inputs), attributes, outputs };
}

/**
 * Whether a convolution is better done as a matrix product, which takes NHWC images and the filter as it is: where the
 * filter has more numbers than the images and would have to be transposed each time, not being a constant.
 */
function isForMatrices({ kernel, inputs, outputs }: Operation, { constants }: Graph): boolean {
  if (kernel !== 'Conv2D' && kernel !== 'Conv2DBackpropInput') return false;
  const pixels = sizeOf({ shape: (inputs['dy'] ?? outputs[0]).shape.slice(0, 3) });
  return !constants.has(inputs['filter']) && pixels < inputs['filter'].shape[3];
}

/** Beyond a colour image's few channels, matrix products over NHWC pixels give a filter's gradient faster. */
function isFilterGradientOfMany({ kernel, inputs }: Operation): boolean {
  return kernel === 'Conv2DBackpropFilter' && inputs['x'].shape[3] > MOST_COLOURS;
}

function stay(operation: Operation, layouts: Layouts): Operation {
  for (const value of Object.values(operation.inputs)) layouts.nhwc(value);
  for (const value of operation.outputs) layouts.addNhwc(value);
  return operation;
}
