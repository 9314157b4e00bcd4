import { COCO_SKELETON } from '@pose/coco-dataset';
import { predictionMosaic } from '../src/report/prediction-mosaic';
import { openTiny, tinyData } from './synthetic-data';
import { temporaryFolder } from './temporary-folder';

const path = temporaryFolder();

test('predictionMosaic(people, results, ...) does not draw keypoints whose score is negative', async () => {
  const { loader } = await openTiny(await tinyData(path('data'), { train: 1, val: 1 }));
  const [person] = loader.items;
  const draw = (keypoints: number[]) => {
    const result = { image_id: person.imageId, category_id: 1, keypoints, score: 0.5 };
    return predictionMosaic([person], [result], [0], { skeleton: COCO_SKELETON, caption: () => '' });
  };
  const predicted = person.keypoints.map((value, i) => (i % 3 === 2 ? 0.9 : value));
  const negative = predicted.map((value, i) => (i % 3 === 2 ? -0.01 : value));
  const unseen = predicted.map((value, i) => (i % 3 === 2 ? 0 : value));
  expect((await draw(negative)).data).toEqual((await draw(unseen)).data);
  expect((await draw(negative)).data).not.toEqual((await draw(predicted)).data);
  await loader.close();
});
