export { createPredictor } from './create-predictor';
export { PredictorError } from './predictor-error';
export type { BottomUpOptions, PredictorOptions, TopDownOptions } from './options';
export type { PredictItem, PredictOptions, Predictor } from './predictor';
export type { Person, PersonBox } from './person';
export { checkBoxes, type ScoredBox } from './check-boxes';
export type {
  BottomUpPrediction,
  ModelDescription,
  PredictionSettings,
  TopDownPrediction,
} from './description/model-description';
export { describedModel, CHECKPOINT_FORMAT, type CheckpointMetadata } from './description/checkpoint-format';
export { predictorOptions } from './description/predictor-options';
export type { Alignment, Decoder, DecoderName } from './top-down/decoder';
export { DECODERS } from './top-down/decodings';
export { predictTopDown, type PredictTopDownOptions } from './top-down/predict-top-down';
export { decodeTopDown, type DecodeTopDownOptions } from './top-down/decode-top-down';
export { suppressDuplicates, type TopDownResult } from './top-down/suppress-duplicates';
export { decodeBottomUp, type DecodeBottomUpOptions, type FoundPerson } from './bottom-up/decode-bottom-up';
export { inputTensor } from './network/input-tensor';
export { predictOutputs } from './network/predict-outputs';
export type { Compile, CompiledFunction, PredictingNetwork } from './network/compiled-network';
export type { Output } from './network/output';
export { heatmapSizeOf, inputSizeOf } from './network/sizes';
