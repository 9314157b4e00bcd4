import { producersOf } from '../graph/edges';
import { sizeOf, type Graph, type Operation, type Value } from '../graph/graph';
import { scalarConstant } from './scalar-constant';
import { substitute } from './substitute';

/** The tensors of one gradient, as the composition names them. */
interface Match {
  readonly dy: Value;
  readonly dx: Value;
  readonly dscale: Value;
  readonly doffset: Value;
}

/**
 * With the gradient of BatchNormTrain as one operation, BatchNormTrainGrad: where it is composed as
 * dx = scale * invStd * (dy - sum(dy) / n - xhat * sum(dy * xhat) / n) with xhat = (x - mean) * invStd, and sums over
 * batch, height and width.
 */
export function fuseBatchNormTrainGrad(graph: Graph): Graph {
  const producers = producersOf(graph);
  const place = new Map(graph.operations.map((operation, i) => [operation, i]));
  const placeOf = (value: Value): number => place.get(producers.get(value)!) ?? -1;
  const forwards = graph.operations.filter(({ kernel }) => kernel === 'BatchNormTrain');
  const replacements = new Map<Value, Value>();
  const fusedBefore = new Map<Operation, Operation>();
  for (const product of graph.operations) {
    if (product.kernel !== 'Multiply') continue;
    for (const forward of forwards) {
      const match = matchGradient(product, forward, graph, producers);
      if (!match) continue;
      const [, mean, variance] = forward.outputs;
      const { x, scale } = forward.inputs;
      const inputs = { dy: match.dy, x, scale, mean, variance };
      const old = [match.dx, match.dscale, match.doffset];
      const first = Math.min(...old.map(placeOf));
      if (Object.values(inputs).some((value) => placeOf(value) >= first)) continue;
      const outputs = old.map(({ shape, dtype }): Value => ({ shape, dtype }));
      old.forEach((value, i) => replacements.set(value, outputs[i]));
      const { callSite } = product;
      const { attributes } = forward;
      fusedBefore.set(graph.operations[first], { kernel: 'BatchNormTrainGrad', inputs, attributes, outputs, callSite });
      break;
    }
  }
  const operations = graph.operations.flatMap((operation) => {
    const fused = fusedBefore.get(operation);
    return fused ? [fused, operation] : [operation];
  });
  return substitute({ ...graph, operations }, replacements);
}

/** dx = centred * (scale * invStd) */
function matchGradient(
  { inputs, outputs }: Operation,
  { inputs: { x, scale }, outputs: [, mean, variance], attributes }: Operation,
  graph: Graph,
  producers: ReadonlyMap<Value, Operation>,
): Match | undefined {
  /** The inputs of what made a value, if it was this kernel. */
  const made = (kernel: string, value: Value | undefined) => {
    const operation = value && producers.get(value);
    return operation?.kernel === kernel ? operation.inputs : undefined;
  };
  const sumOf = (value: Value) => {
    const axes = producers.get(value)?.attributes['axes'] as number[] | undefined;
    return axes?.join() === '0,1,2' && value.shape.length === 1 ? made('Sum', value)?.['x'] : undefined;
  };
  const isInvStd = (value: Value) => {
    const sum = made('Add', made('Rsqrt', value)?.['x']);
    return sum?.['a'] === variance && scalarConstant(graph, sum['b']) === Math.fround(attributes['epsilon'] as number);
  };
  const isXhat = (value: Value) => {
    const product = made('Multiply', value);
    const difference = made('Sub', product?.['a']);
    return difference?.['a'] === x && difference['b'] === mean && isInvStd(product!['b']);
  };
  const n = sizeOf(x) / sizeOf(scale);
  const averaged = (value: Value) => {
    const division = made('RealDiv', value);
    return division && scalarConstant(graph, division['b']) === n ? division['a'] : undefined;
  };

  const factor = made('Multiply', inputs['b']);
  if (factor?.['a'] !== scale || !isInvStd(factor['b'])) return undefined;
  const outer = made('Sub', inputs['a']);
  const inner = made('Sub', outer?.['a']);
  const tilt = made('Multiply', outer?.['b']);
  const doffset = inner && averaged(inner['b']);
  const dscale = tilt && isXhat(tilt['a']) ? averaged(tilt['b']) : undefined;
  if (!doffset || !dscale) return undefined;
  const dy = inner['a'];
  const product = made('Multiply', sumOf(dscale));
  const isComplete = sumOf(doffset) === dy && product?.['a'] === dy && isXhat(product['b']);
  return isComplete ? { dy, dx: outputs[0], dscale, doffset } : undefined;
}
