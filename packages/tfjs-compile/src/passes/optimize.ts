import type { Graph } from '../graph/graph';
import { dropDeadCode } from './drop-dead-code';
import { foldBatchNorm } from './fold-batch-norm';
import { foldConstants } from './fold-constants';
import { fuseBatchNormTrain } from './fuse-batch-norm-train';
import { fuseBatchNormTrainGrad } from './fuse-batch-norm-train-grad';
import { fuseBiasActivation } from './fuse-bias-activation';
import { mergeCommonSubexpressions } from './merge-common-subexpressions';
import { removeIdentities } from './remove-identities';

/** In this order: patterns are looked for where each thing is computed once, and what they add is constant or not. */
const PASSES = [
  dropDeadCode,
  foldConstants,
  removeIdentities, // zeros and ones may have been computed
  mergeCommonSubexpressions,
  fuseBatchNormTrain,
  dropDeadCode,
  fuseBatchNormTrainGrad,
  dropDeadCode,
  fuseBiasActivation, // a bias between convolution and batch normalisation
  foldBatchNorm,
  foldConstants,
  fuseBiasActivation,
  mergeCommonSubexpressions,
  dropDeadCode,
];

/**
 * The graph with the same results in fewer and larger operations: nothing is computed that nothing uses, that does not
 * change, or that is there already, and convolutions take up the bias, batch normalisation and activation after them.
 * Results differ by rounding alone. Constants are folded on the active backend.
 */
export function optimize(graph: Graph): Graph {
  return PASSES.reduce((result, pass) => pass(result), graph);
}
