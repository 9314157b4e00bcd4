import { generateAnnotations, TRAIN2017 } from './generate-annotations';
console.time('gen'); await generateAnnotations('/tmp/annot/big.json', TRAIN2017, 1); console.timeEnd('gen');
