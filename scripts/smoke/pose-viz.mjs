import { drawPose, VizError } from '@pose/pose-viz';
import { encodePng } from '@pose/pose-viz/node';

const data = new Uint8Array(32 * 32 * 3);
const keypoints = ['left_hip', 'left_knee'];
drawPose({ data, width: 32, height: 32, channels: 3 }, [8, 8, 2, 24, 24, 2], { keypoints, limbs: [[0, 1]] });
if (data[(16 * 32 + 16) * 3 + 2] < 100) throw new Error('no limb was drawn');

const png = encodePng({ data, width: 32, height: 32, channels: 3 });
if (png[1] !== 80 || png[2] !== 78 || png[3] !== 71) throw new Error('not a PNG');

// Both entries share the class of the errors.
let caught;
try {
  encodePng({ data, width: 1, height: 1, channels: 3 });
} catch (error) {
  caught = error;
}
if (!(caught instanceof VizError)) throw new Error(`expected a VizError, caught ${caught}`);
