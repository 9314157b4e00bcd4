import { decodeHeatmaps, heatmapToImage, personScore } from '@pose/pose-decode';

const heatmaps = new Float32Array(64 * 48);
heatmaps[32 * 48 + 24] = 0.5;
const peaks = decodeHeatmaps(heatmaps, { size: [48, 64], keypoints: 1 });
const points = heatmapToImage(peaks, { center: [100, 120], scale: [0.48, 0.64], heatmapSize: [48, 64] });
if (Math.hypot(points[0] - 100, points[1] - 120) > 1e-3) throw new Error(`expected 100, 120, found ${points.join()}`);
if (personScore(points) !== 0.5) throw new Error(`score ${personScore(points)}: expected 0.5`);
