import { makeSyntheticCoco, sampleScene, sceneAnnotations } from '@pose/synthetic-coco';

async function main() {
  const people = sceneAnnotations(sampleScene({ seed: 1, split: 'train', index: 0 }));
  if (people.length === 0) throw new Error('a scene without people');
  const set = await makeSyntheticCoco({ out: 'synthetic', seed: 1, train: 1, val: 1, imageSize: [64, 64] });
  if (set.train.people < 1) throw new Error(`${set.train.people} people in the training split`);
}

await main();
