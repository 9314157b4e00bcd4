import { PoseSmoother, PoseTracker, propagateBoxes } from '@pose/pose-track';

const tracker = new PoseTracker({ sigmas: [0.1, 0.1] });
const smoother = new PoseSmoother();
for (const x of [0, 5, 10]) {
  const time = x / 20;
  const people = [x, 300].map((left) => ({ keypoints: [left, 0, 0.9, left + 40, 80, 0.9], score: 0.8 }));
  const linked = tracker.update(people, { time });
  const ids = linked.map(({ id }) => id).join();
  if (ids !== '1,2') throw new Error(`ids ${ids}: expected 1,2`);
  const [{ keypoints }] = smoother.smooth(linked, { time });
  if (keypoints[0] > x) throw new Error(`smoothed ${keypoints[0]}: expected at most ${x}`);
}
const [{ box }] = propagateBoxes(tracker.tracks, { time: 0.75, margin: 0 });
if (box.join() !== '15,0,40,80') throw new Error(`box ${box.join()}: expected 15,0,40,80`);
