export { loadPredictor, type LoadedPredictor, type LoadPredictorOptions } from './node/load-predictor';
export { loadModel, storedLayersModel, type LoadedModel, type PublishedModel } from './node/load-model';
export { readFloats, readStoredModel, type StoredModel } from './node/read-stored-model';
