export { heightByWidth, integers, jsonObject, number, positiveInteger, positiveNumber, wholeNumber } from './values';
export { compileOption, type CompileOptions } from './compile-option';
export { addDataOptions, checkDataOptions, dataRoot, type DataOptions } from './data-options';
export { addEngineOptions, startEngine, type EngineOptions } from './engine-options';
export { addRunOptions, type RunOptions } from './run-options';
export { addTopDownOptions, type TopDownOptions } from './top-down-options';
export { openPeople } from './open-people';
export { runTraining } from './run-training';
export { endWithError } from './end-with-error';
