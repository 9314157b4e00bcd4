import { resultsOf, type Graph, type Operation, type Value } from '../graph/graph';
import { IMAGE_KERNELS } from './image-kernels';
import { followLayout } from './layout-followers';
import { Layouts } from './layouts';

const MATRIX_CONVOLUTIONS = new Set(['Conv2D', 'FusedConv2D', 'Conv2DBackpropInput']);
const BATCH_NORM = new Set(['BatchNormTrain', 'BatchNormTrainGrad', 'FusedBatchNorm']);

export interface LayoutOptions {
  /** Up to how many channels of images a convolution is faster than a matrix product where filters change. Default 4. */
  mostColours?: number;
}

/**
 * The graph with its image kernels on NCHW images, marked by the attribute `dataFormat: 'NCHW'`; filters stay as they
 * are. What works on any layout follows its inputs, so that transpositions remain only where a kernel that needs NHWC
 * meets one of NCHW; inputs, outputs and variables stay NHWC. Most convolutions whose filter changes stay, too.
 */
export function nchwLayout(graph: Graph, { mostColours = 4 }: LayoutOptions = {}): Graph {
  const layouts = new Layouts();
  const constants = withCasts(graph);
  const given = [...graph.inputs.values(), ...graph.constants.keys(), ...graph.variables.map(({ before }) => before)];
  for (const value of given) layouts.addNhwc(value);
  const isForNchw = graph.operations.some(({ kernel }) => /Depthwise|Resize/.test(kernel));
  const isByMatrix = (operation: Operation): boolean =>
    isFilterGradientOfMany(operation, mostColours) ||
    (isForMatrices(operation, constants, mostColours) && !(isForNchw && staysNchw(operation, layouts)));
  for (const operation of graph.operations) {
    layouts.operations.push(
      imageOperation(operation, layouts, isByMatrix) ?? followLayout(operation, layouts) ?? stay(operation, layouts),
    );
  }
  for (const value of resultsOf(graph)) layouts.nhwc(value);
  return { ...graph, operations: layouts.operations };
}

/** Constants, and constants as another type: a runtime computes those once. */
function withCasts({ constants, operations }: Graph): ReadonlySet<Value> {
  const constant = new Set(constants.keys());
  for (const { kernel, inputs, outputs } of operations) {
    if (kernel === 'Cast' && constant.has(inputs['x'])) constant.add(outputs[0]);
  }
  return constant;
}

function imageOperation(
  operation: Operation,
  layouts: Layouts,
  isByMatrix: (operation: Operation) => boolean,
): Operation | undefined {
  const kernel = IMAGE_KERNELS[operation.kernel];
  if (kernel === undefined || operation.inputs[kernel.images[0]].shape.length !== 4) return undefined;
  if (isByMatrix(operation)) return undefined;
  if (BATCH_NORM.has(operation.kernel) && !layouts.hasNchw(operation.inputs['x'])) return undefined;
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
 * Whether a convolution is better done as a matrix product, which takes NHWC images and the filter as it is: where that
 * changes, and would have to be transposed each time. A colour image's few channels make it slow.
 */
function isForMatrices({ kernel, inputs }: Operation, constants: ReadonlySet<Value>, mostColours: number): boolean {
  const { filter } = inputs;
  return MATRIX_CONVOLUTIONS.has(kernel) && !constants.has(filter) && filter.shape[2] > mostColours;
}

/**
 * Whether a convolution of one pixel, which is a matrix product in any layout, has its images in NCHW alone. In networks
 * with depthwise convolutions or resizing, which need that, it leaves them so: elsewhere little else does.
 */
function staysNchw({ inputs }: Operation, layouts: Layouts): boolean {
  const images = inputs['dy'] ?? inputs['x'];
  const [height, width] = inputs['filter'].shape;
  return height * width === 1 && layouts.hasNchw(images) && !layouts.hasNhwc(images);
}

/** Beyond a colour image's few channels, matrix products over NHWC pixels give a filter's gradient faster. */
function isFilterGradientOfMany({ kernel, inputs }: Operation, mostColours: number): boolean {
  return kernel === 'Conv2DBackpropFilter' && inputs['x'].shape[3] > mostColours;
}

function stay(operation: Operation, layouts: Layouts): Operation {
  for (const value of Object.values(operation.inputs)) layouts.nhwc(value);
  for (const value of operation.outputs) layouts.addNhwc(value);
  return operation;
}
