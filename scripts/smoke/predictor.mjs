import '@tensorflow/tfjs-backend-cpu';
import { createModel } from '@pose/pose-models';
import { createPredictor, PredictorError } from '@pose/predictor';
import { loadPredictor } from '@pose/predictor/node';

async function main() {
  const model = createModel('pose_resnet18', { inputSize: [32, 32], keypoints: 1, deconvFilters: [8, 8, 8], seed: 1 });
  const predictor = createPredictor({ model, keypointNames: ['nose'], flipPairs: [] });
  const data = new Uint8Array(3 * 40 * 30).fill(128);
  const [{ keypoints, box }] = await predictor.predict({ data, width: 40, height: 30, channels: 3 });
  if (keypoints.length !== 3 || box.join() !== '0,0,40,30')
    throw new Error(`found ${keypoints.join()} in ${box.join()}`);
  predictor.dispose();
  const error = await loadPredictor('nowhere').catch((caught) => caught);
  if (!(error instanceof PredictorError)) throw new Error(`expected a PredictorError, found ${error}`);
}

await main();
