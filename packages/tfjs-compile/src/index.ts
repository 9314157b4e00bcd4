export { compile, defaultRuntime, RUNTIMES, type CompileOptions, type Runtime } from './compile';
export { CompileError } from './compile-error';
export type { Executable } from './executable';
export type { Attributes, Graph, GraphVariable, Operation, Value, ValueArray, ValueType } from './graph/graph';
export { trace, type TensorFunction } from './trace/trace';
export { freezeVariables } from './passes/freeze-variables';
export { optimize } from './passes/optimize';
export { exportOnnx } from './onnx/emit-onnx';
export { openOnnx } from './onnx/open-onnx';
export { exportSavedModel } from './tensorflow/export-saved-model';
export { openTensorFlow } from './tensorflow/open-tensorflow';
export { openTensorFlowTraining } from './tensorflow/training/open-tensorflow-training';
export type { TrainingExecutable } from './tensorflow/training/training-executable';
export type {
  AdamUpdate,
  GradientDescentUpdate,
  MomentumUpdate,
  VariableUpdate,
} from './tensorflow/training/variable-update';
