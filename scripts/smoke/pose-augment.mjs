import { boxToCenterScale, createRandom, cropMatrix, transformPoint, warpNormalized } from '@pose/pose-augment';

const { center, scale } = boxToCenterScale([10, 10, 60, 60], { aspectRatio: 0.75 });
const matrix = cropMatrix({ center, scale, outputSize: [48, 64] });
const [x, y] = transformPoint(center, matrix);
if (Math.abs(x - 24) > 1e-3 || Math.abs(y - 32) > 1e-3) throw new Error(`the centre landed on ${x}, ${y}`);

const white = new Uint8Array(100 * 80 * 3).fill(255);
const input = warpNormalized({ data: white, width: 100, height: 80, channels: 3 }, matrix, [48, 64]);
if (Math.abs(input[(32 * 48 + 24) * 3] - (1 - 0.485) / 0.229) > 1e-5) throw new Error('white is not normalised');

if (createRandom([1]).uniform() !== createRandom([1]).uniform()) throw new Error('same seed, different numbers');
