"""Times target generation in numpy as the reference repositories do it: targets.py HEIGHT WIDTH SECONDS

Prints a JSON list of the timings that bench/targets.ts takes of the TypeScript functions, in the same order and from the same
keypoints. One thread. It does less than the references where that changes no result: the pixel grid of the confidence maps is
made once instead of once per keypoint, and a limb is averaged within its box instead of over the whole map.
"""

import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402

SAMPLES = 100
LIMBS = [
    (1, 8), (8, 9), (9, 10), (1, 11), (11, 12), (12, 13), (1, 2), (2, 3), (3, 4), (2, 16),
    (1, 5), (5, 6), (6, 7), (5, 17), (1, 0), (0, 14), (0, 15), (14, 16), (15, 17),
]  # fmt: skip


def gaussian_heatmaps(person, image_size, heatmap_size, sigma):
    """deep-high-resolution-net.pytorch lib/dataset/JointsDataset.py: one patch per joint, cut at the border."""
    width, height = heatmap_size
    weights = (person[:, 2] > 0).astype(np.float32)
    maps = np.zeros((len(person), height, width), dtype=np.float32)
    reach = 3 * sigma
    for k, (joint_x, joint_y, _) in enumerate(person):
        stride = image_size / heatmap_size
        x = int(joint_x / stride[0] + 0.5)
        y = int(joint_y / stride[1] + 0.5)
        left, top = int(x - reach), int(y - reach)
        right, bottom = int(x + reach + 1), int(y + reach + 1)
        if left >= width or top >= height or right < 0 or bottom < 0:
            weights[k] = 0
            continue
        size = 2 * reach + 1
        across = np.arange(0, size, 1, np.float32)
        down = across[:, np.newaxis]
        middle = size // 2
        patch = np.exp(-((across - middle) ** 2 + (down - middle) ** 2) / (2 * sigma**2))
        if weights[k] > 0.5:
            columns = slice(max(0, left), min(right, width))
            rows = slice(max(0, top), min(bottom, height))
            maps[k, rows, columns] = patch[
                rows.start - top : rows.stop - top, columns.start - left : columns.stop - left
            ]
    return [maps]


def confidence_maps(people, grid, stride, sigma):
    """pytorch_Realtime_Multi-Person_Pose_Estimation lib/datasets/heatmap.py: every joint over the whole grid, summed."""
    count = people.shape[1]
    maps = np.zeros((grid, grid, count + 1))
    start = stride / 2 - 0.5
    x, y = np.meshgrid(np.arange(grid) * stride + start, np.arange(grid) * stride + start)
    for k in range(count):
        for person in people:
            if person[k, 2] > 0.5:
                exponent = ((x - person[k, 0]) ** 2 + (y - person[k, 1]) ** 2) / 2.0 / sigma / sigma
                maps[:, :, k] += np.exp(-exponent) * (exponent <= 4.6052)
                maps[:, :, k][maps[:, :, k] > 1] = 1
    maps[:, :, count] = np.maximum(1 - maps[:, :, :count].max(axis=2), 0)
    return maps.transpose(2, 0, 1).astype(np.float32)


def part_affinity_fields(people, grid, stride, limb_width=1):
    """pytorch_Realtime_Multi-Person_Pose_Estimation lib/datasets/paf.py: the cross product over a limb's box, averaged."""
    fields = np.zeros((grid, grid, 2 * len(LIMBS)))
    for limb, (start, end) in enumerate(LIMBS):
        counts = np.zeros((grid, grid, 1))
        for person in people:
            if person[start, 2] > 0.5 and person[end, 2] > 0.5:
                a, b = person[start, :2] / stride, person[end, :2] / stride
                length = np.linalg.norm(b - a)
                if length == 0:
                    continue
                unit = (b - a) / length
                left = max(int(round(min(a[0], b[0]) - limb_width)), 0)
                right = min(int(round(max(a[0], b[0]) + limb_width)), grid)
                top = max(int(round(min(a[1], b[1]) - limb_width)), 0)
                bottom = min(int(round(max(a[1], b[1]) + limb_width)), grid)
                x, y = np.meshgrid(np.arange(left, right), np.arange(top, bottom))
                covered = np.abs((x - a[0]) * unit[1] - (y - a[1]) * unit[0]) < limb_width
                vectors = covered[:, :, np.newaxis] * unit
                field = fields[top:bottom, left:right, 2 * limb : 2 * limb + 2]
                count = counts[top:bottom, left:right]
                field *= count
                field += vectors
                count += covered[:, :, np.newaxis]
                field /= np.maximum(count, 1)
    return fields.transpose(2, 0, 1).astype(np.float32)


def spread(i):
    return (0.618034 * i) % 1


def person_in(keypoints, seed, left, top, width, height):
    return np.array(
        [
            [left + spread(seed + i) * width, top + spread(seed + i + 1) * height, 2]
            for i in range(0, 3 * keypoints, 3)
        ]
    )


def timed(what, people, seconds, samples, make):
    """The protocol of `measure` in bench/shared.ts: two runs to warm up, the median of at least three."""
    for _ in range(2):
        for sample in samples:
            make(sample)
    times = []
    end = time.perf_counter() + seconds
    while len(times) < 3 or time.perf_counter() < end:
        start = time.perf_counter()
        for sample in samples:
            make(sample)
        times.append(time.perf_counter() - start)
    total = sum(float(maps.sum(dtype=np.float64)) for sample in samples for maps in make(sample))
    milliseconds = 1000 * float(np.median(times)) / len(samples)
    return {"what": what, "milliseconds": milliseconds, "people": people, "sum": total, "runs": len(times)}


def main(height, width, seconds):
    image_size, heatmap_size = np.array([width, height]), np.array([width // 4, height // 4])
    crops = [person_in(17, 51 * sample, 0, 0, width, height) for sample in range(SAMPLES)]
    results = [
        timed(
            "Gaussian heatmaps", 1, seconds, crops, lambda person: gaussian_heatmaps(person, image_size, heatmap_size, 2)
        )
    ]
    size, stride, sigma = 368, 8, 7
    grid = size // stride
    for count in (1, 4, 10):
        images = []
        for sample in range(SAMPLES):
            seeds = [1000 * sample + 57 * n for n in range(count)]
            images.append(
                np.array(
                    [
                        person_in(18, seed + 2, spread(seed) * (size - 80), spread(seed + 1) * (size - 140), 80, 140)
                        for seed in seeds
                    ]
                )
            )
        results.append(
            timed(
                "part affinity fields",
                count,
                seconds,
                images,
                lambda people: [part_affinity_fields(people, grid, stride)],
            )
        )
        results.append(
            timed(
                "confidence maps and fields",
                count,
                seconds,
                images,
                lambda people: [
                    confidence_maps(people, grid, stride, sigma),
                    part_affinity_fields(people, grid, stride),
                ],
            )
        )
    print(json.dumps(results))


main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
