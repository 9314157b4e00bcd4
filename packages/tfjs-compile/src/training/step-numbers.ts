import type { StepOptions } from './training-executable';

/** Scalars that change from step to step, each given to the graph by a node of its own; equal ones share one. */
export class StepNumbers<Node> {
  readonly learningRate: Node;
  readonly #makeNode: () => Node;
  readonly #nodes = new Map<string, readonly Node[]>();
  readonly #values: ((options: StepOptions) => [node: Node, value: number][])[] = [];

  /** @param makeNode  of a float32 scalar that is given at each step */
  constructor(makeNode: () => Node) {
    this.#makeNode = makeNode;
    [this.learningRate] = this.shared('learning rate', ({ learningRate }) => [learningRate]);
  }

  /** What a decoupled weight decay multiplies a variable by. */
  shrinkage(weightDecay: number): Node {
    return this.shared(`shrinkage ${weightDecay}`, ({ learningRate }) => [1 - learningRate * weightDecay])[0];
  }

  /** Nodes of numbers that a step's options decide. @param key  names them */
  shared(key: string, values: (options: StepOptions) => number[]): readonly Node[] {
    const found = this.#nodes.get(key);
    if (found) return found;
    const nodes = values({ learningRate: 0, step: 1 }).map(() => this.#makeNode());
    this.#nodes.set(key, nodes);
    this.#values.push((options) => values(options).map((value, i) => [nodes[i], value]));
    return nodes;
  }

  /** Their values in a step, by node. */
  valuesAt(options: StepOptions): Map<Node, number> {
    return new Map(this.#values.flatMap((values) => values(options)));
  }
}
