import { type PropagatedBox, PoseTracker, propagateBoxes, type ScoredBox, unifyBoxes } from '../../src/index';
import { gaussianNumbers, randomNumbers, standingAt } from '../scene';

const FRAMES = 60;
const places = (t: number) => [[100 + 6 * t, 200], [300 + 4 * t, 450], [700 - 5 * t, 700]]; // prettier-ignore

/** Three people, of whom a detector with boxes of its own size finds 60 % after two frames; a pose network looks into boxes. */
function foundIds(propagate: boolean): (number | null)[][] {
  const random = randomNumbers(3);
  const noise = gaussianNumbers(random, 3);
  const tracker = new PoseTracker();
  return Array.from({ length: FRAMES }, (_, t) => {
    const found = places(t).filter(() => t < 2 || random() < 0.6);
    const detected = found.map(([x, y]) => ({ box: [x - 60 + noise(), y - 105 + noise(), 120, 220], score: 0.8 }));
    const propagated: PropagatedBox[] = propagate ? propagateBoxes(tracker.tracks) : [];
    const poseIn = ({ box }: ScoredBox) => {
      const middle = box[1] + box[3] / 2;
      const [x, y] = places(t).reduce((one, other) =>
        Math.abs(one[1] - middle) < Math.abs(other[1] - middle) ? one : other,
      );
      return standingAt(x, y, noise);
    };
    return tracker.update(unifyBoxes(detected, propagated).map(poseIn)).map(({ id }) => id);
  });
}

test('propagated boxes find whom the detector misses, each person once and with its id', () => {
  for (const ids of foundIds(true)) expect([...ids].sort()).toEqual([1, 2, 3]);
});

test('without them people are missing in most frames', () => {
  const complete = foundIds(false).filter((ids) => ids.length === 3).length;
  expect(complete).toBeLessThan(FRAMES / 2);
});
