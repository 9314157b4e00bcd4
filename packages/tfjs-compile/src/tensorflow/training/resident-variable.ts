import type { Variable } from '@tensorflow/tfjs-core';
import { CompileError } from '../../compile-error';
import type { ValueType } from '../../graph/graph';
import type { GraphBuilder } from '../graph-builder';
import { shapeAttribute, textAttribute, typeAttribute } from '../message/attribute';

/** A variable that lives in a TensorFlow session, and the nodes that give it its value and read it. */
export class ResidentVariable {
  readonly variable: Variable;
  readonly handle: string;
  /** What it holds before the graph changes it. */
  readonly value: string;
  /** To set it: feed the first, fetch the second. */
  readonly initial: string;
  readonly initialized: string;
  /** TensorFlow's id of what the tf.Variable held when both were last the same. */
  seen: number | undefined;
  /** Whether a step has changed it here since then. */
  isAhead = false;

  /** @throws CompileError for a variable that is neither of float32 nor of int32 nor of bool */
  constructor(builder: GraphBuilder, variable: Variable, index: number) {
    const { dtype, shape, name } = variable;
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      throw new CompileError(`Expected variables of float32, int32 and bool, found '${name}' of ${dtype}.`);
    }
    const type = { dtype: typeAttribute(dtype as ValueType) };
    this.variable = variable;
    this.handle = builder.add('VarHandleOp', [], {
      ...{ ...type, shape: shapeAttribute(shape), container: textAttribute('') },
      shared_name: textAttribute(`variable_${index}`),
    });
    this.value = builder.add('ReadVariableOp', [this.handle], type);
    this.initial = builder.placeholder({ dtype, shape });
    const assign = builder.add('AssignVariableOp', [this.handle, this.initial], type);
    this.initialized = builder.after([assign]);
  }
}
