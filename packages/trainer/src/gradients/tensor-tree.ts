import { Tensor } from '@tensorflow/tfjs-core';

/** The tensors in nested arrays and plain objects, in order. */
export function tensorsIn(tree: unknown): Tensor[] {
  if (tree instanceof Tensor) return [tree];
  return isBranch(tree) ? Object.values(tree).flatMap(tensorsIn) : [];
}

/** The same tree with other tensors in the places of its own, in the order of `tensorsIn`. */
export function replaceTensors<Tree>(tree: Tree, tensors: readonly Tensor[]): Tree {
  const rest = tensors.values();
  const replaced = (branch: unknown): unknown => {
    if (branch instanceof Tensor) return rest.next().value;
    if (Array.isArray(branch)) return branch.map(replaced);
    if (!isBranch(branch)) return branch;
    return Object.fromEntries(Object.entries(branch).map(([name, value]) => [name, replaced(value)]));
  };
  return replaced(tree) as Tree;
}

function isBranch(tree: unknown): tree is object {
  return (
    typeof tree === 'object' &&
    tree !== null &&
    (Array.isArray(tree) || Object.getPrototypeOf(tree) === Object.prototype)
  );
}
