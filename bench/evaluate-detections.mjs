/**
 * Evaluates a results file in this process of its own, for evaluation.ts; prints one JSON object.
 *
 *   node evaluate-detections.mjs person_keypoints_val2017.json results.json
 */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { evaluateKeypoints } from '@pose/coco-eval';

const [groundTruthFile, detectionsFile] = process.argv.slice(2);
const start = performance.now();
const groundTruth = JSON.parse(readFileSync(groundTruthFile, 'utf8'));
const detections = JSON.parse(readFileSync(detectionsFile, 'utf8'));
const loaded = performance.now();
const { stats } = evaluateKeypoints(groundTruth, detections);
const evaluated = performance.now();
console.log(
  JSON.stringify({
    loadSeconds: (loaded - start) / 1000,
    evaluateSeconds: (evaluated - loaded) / 1000,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    stats: Object.values(stats),
  }),
);
