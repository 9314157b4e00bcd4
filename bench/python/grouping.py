"""Times OpenPose's way from maps to people in numpy and OpenCV: grouping.py FOLDER SECONDS PEOPLE...

FOLDER holds, for each number of people, N.heatmaps [46, 46, 19] and N.fields [46, 46, 38], float32. Prints a JSON list of the
timings that bench/grouping.ts takes of the TypeScript functions, in the same order, with the keypoints found. One thread. The
algorithm is that of pytorch_Realtime_Multi-Person_Pose_Estimation lib/utils/paf_to_pose.py; "nearest" enlarges the fields by
nearest neighbour and has the samples and thresholds of lib/pafprocess/pafprocess.cpp instead. It finds the maximum of a cell
and its neighbours with OpenCV where the reference uses the slower scipy.
"""

import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import cv2  # noqa: E402
import numpy as np  # noqa: E402

cv2.setNumThreads(1)

GRID, STRIDE, KEYPOINTS = 46, 8, 18
PEAK_THRESHOLD, VECTOR_THRESHOLD, SAMPLES = 0.1, 0.05, 10
CROSS = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
# keypoints of a limb and its channel of x, in the order in which limbs join people
LIMBS = [
    (1, 2, 12), (1, 5, 20), (2, 3, 14), (3, 4, 16), (5, 6, 22), (6, 7, 24), (1, 8, 0), (8, 9, 2), (9, 10, 4), (1, 11, 6),
    (11, 12, 8), (12, 13, 10), (1, 0, 28), (0, 14, 30), (14, 16, 34), (0, 15, 32), (15, 17, 36), (2, 16, 18), (5, 17, 26),
]  # fmt: skip
READINGS = {
    "nearest": {"interpolation": cv2.INTER_NEAREST, "ends": False, "above": 7, "parts": 4, "score": 0.3},
    "cubic": {"interpolation": cv2.INTER_CUBIC, "ends": True, "above": 9, "parts": 3, "score": 0.2},
}


def find_peaks(heatmaps):
    """Per keypoint an array of [x, y, score, id]."""
    peaks, count = [], 0
    for k in range(KEYPOINTS):
        cells = np.ascontiguousarray(heatmaps[:, :, k])
        rows, columns = np.nonzero((cv2.dilate(cells, CROSS) == cells) & (cells > PEAK_THRESHOLD))
        of_keypoint = np.zeros((len(rows), 4))
        for n, (x, y) in enumerate(zip(columns, rows)):
            left, top = max(x - 2, 0), max(y - 2, 0)
            patch = cells[top : y + 3, left : x + 3]
            enlarged = cv2.resize(patch, None, fx=STRIDE, fy=STRIDE, interpolation=cv2.INTER_CUBIC)
            down, right = np.unravel_index(enlarged.argmax(), enlarged.shape)
            of_keypoint[n] = (STRIDE * left + right, STRIDE * top + down, enlarged[down, right], count)
            count += 1
        peaks.append(of_keypoint)
    return peaks


def sample_points(a, b, ends):
    """Whole pixels along a limb: rows, columns."""
    if ends:
        points = np.round(np.linspace(a[:2], b[:2], num=SAMPLES))
    else:
        points = np.floor(a[:2] + np.arange(SAMPLES)[:, np.newaxis] / SAMPLES * (b[:2] - a[:2]) + 0.5)
    points = points.astype(np.intp)
    return points[:, 1], points[:, 0]


def connect(fields, peaks, reading):
    """Per limb its [from id, to id, score], best first, each peak at most once."""
    connections = []
    for a, b, channel in LIMBS:
        candidates = []
        for i, source in enumerate(peaks[a]):
            for j, target in enumerate(peaks[b]):
                along = target[:2] - source[:2]
                length = np.sqrt(np.sum(along**2)) + 1e-8
                rows, columns = sample_points(source, target, reading["ends"])
                values = fields[rows, columns, channel : channel + 2].dot(along / length)
                score = values.mean() + min(0.5 * len(fields) / length - 1, 0)
                if np.count_nonzero(values > VECTOR_THRESHOLD) >= reading["above"] and score > 0:
                    candidates.append((i, j, score))
        candidates.sort(key=lambda candidate: candidate[2], reverse=True)
        sources, targets, chosen = set(), set(), []
        for i, j, score in candidates:
            if i not in sources and j not in targets:
                sources.add(i)
                targets.add(j)
                chosen.append((peaks[a][i, 3], peaks[b][j, 3], score))
        connections.append(chosen)
    return connections


def group(connections, peaks, reading):
    """People as rows of 18 ids of peaks (-1: none), total and count."""
    scores = np.concatenate(peaks)[:, 2]
    people = []
    for (a, b, _), chosen in zip(LIMBS, connections):
        for source, target, score in chosen:
            touched = [n for n, person in enumerate(people) if person[a] == source or person[b] == target]
            if len(touched) == 1:
                person = people[touched[0]]
                if person[b] != target:
                    person[b] = target
                    person[-1] += 1
                    person[-2] += scores[int(target)] + score
            elif len(touched) == 2:
                one, other = people[touched[0]], people[touched[1]]
                if np.any((one[:-2] >= 0) & (other[:-2] >= 0)):
                    one[b] = target
                    one[-1] += 1
                    one[-2] += scores[int(target)] + score
                else:
                    one[:-2] += other[:-2] + 1
                    one[-2:] += other[-2:]
                    one[-2] += score
                    people.pop(touched[1])
            elif not touched:
                person = np.full(KEYPOINTS + 2, -1.0)
                person[a], person[b] = source, target
                person[-1] = 2
                person[-2] = scores[int(source)] + scores[int(target)] + score
                people.append(person)
    return [
        person
        for person in people
        if person[-1] >= reading["parts"] and person[-2] / person[-1] >= reading["score"]
    ]


def group_people(peaks, fields, reading):
    enlarged = cv2.resize(fields, (STRIDE * GRID, STRIDE * GRID), interpolation=reading["interpolation"])
    return group(connect(enlarged, peaks, reading), peaks, reading)


def measure(seconds, run):
    """The protocol of `measure` in bench/shared.ts: two runs to warm up, the median of at least three."""
    for _ in range(2):
        run()
    times = []
    end = time.perf_counter() + seconds
    while len(times) < 3 or time.perf_counter() < end:
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return 1000 * float(np.median(times)), len(times)


def main(folder, seconds, counts):
    results = []
    for count in counts:
        heatmaps = np.fromfile(os.path.join(folder, f"{count}.heatmaps"), np.float32).reshape(GRID, GRID, -1)
        fields = np.fromfile(os.path.join(folder, f"{count}.fields"), np.float32).reshape(GRID, GRID, -1)
        peaks = find_peaks(heatmaps)
        points = np.concatenate(peaks)[:, :3]
        for name, reading in READINGS.items():
            finding, finding_runs = measure(seconds, lambda: find_peaks(heatmaps))
            grouping, grouping_runs = measure(seconds, lambda: group_people(peaks, fields, reading))
            found = group_people(peaks, fields, reading)
            results.append(
                {
                    "people": count,
                    "lineIntegral": name,
                    "peaksMilliseconds": finding,
                    "groupingMilliseconds": grouping,
                    "runs": min(finding_runs, grouping_runs),
                    "found": [
                        [value for k in person[:-2] for value in (points[int(k)] if k >= 0 else np.zeros(3))]
                        for person in found
                    ],
                }
            )
    print(json.dumps(results))


main(sys.argv[1], float(sys.argv[2]), [int(count) for count in sys.argv[3:]])
