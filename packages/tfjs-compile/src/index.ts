export { compile, type CompileOptions } from './compile';
export { defaultRuntime, RUNTIMES, type Runtime } from './runtime';
export { CompileError } from './compile-error';
export type { Executable } from './executable';
export { PRECISIONS } from './graph/graph';
export type {
  Attributes,
  Graph,
  GraphVariable,
  Operation,
  Precision,
  Value,
  ValueArray,
  ValueType,
} from './graph/graph';
export { trace, type TensorFunction } from './trace/trace';
export { freezeVariables } from './passes/freeze-variables';
export { optimize } from './passes/optimize';
export { reducePrecision } from './passes/reduce-precision';
export { exportOnnx } from './onnx/emit-onnx';
export { ONNX_PROVIDERS, type OnnxProvider } from './onnx/onnx-provider';
export { openOnnx } from './onnx/open-onnx';
export { exportSavedModel } from './tensorflow/export-saved-model';
export { openTensorFlow } from './tensorflow/open-tensorflow';
export { openOnnxTraining } from './onnx/training/open-onnx-training';
export { openTensorFlowTraining } from './tensorflow/training/open-tensorflow-training';
export { openTraining, type TrainingGraphOptions } from './training/open-training';
export type { StepOptions, TrainingExecutable } from './training/training-executable';
export type { AdamUpdate, GradientDescentUpdate, MomentumUpdate, VariableUpdate } from './training/variable-update';
