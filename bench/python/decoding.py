"""Times the decoding of heatmaps in numpy and OpenCV as the reference repositories do it: decoding.py SECONDS

Prints a JSON list of the timings that bench/decoding.ts takes of the TypeScript functions, in the same order and from the same
heatmaps, with the keypoints that were found. One thread.
"""

import json
import math
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import cv2  # noqa: E402
import numpy as np  # noqa: E402

cv2.setNumThreads(1)

BATCH, KEYPOINTS, HEIGHT, WIDTH = 32, 17, 64, 48
SIGMA = 2
KERNEL = 11
FLIP_PAIRS = [(k, k + 1) for k in range(1, KEYPOINTS, 2)]


def maxima(heatmaps):
    """deep-high-resolution-net.pytorch lib/core/inference.py: the maximum of every map, (0, 0) where it is not positive."""
    flat = heatmaps.reshape((BATCH, KEYPOINTS, -1))
    places = np.argmax(flat, 2).reshape((BATCH, KEYPOINTS, 1))
    values = np.amax(flat, 2).reshape((BATCH, KEYPOINTS, 1))
    points = np.tile(places, (1, 1, 2)).astype(np.float32)
    points[:, :, 0] = points[:, :, 0] % WIDTH
    points[:, :, 1] = np.floor(points[:, :, 1] / WIDTH)
    return points * np.tile(values > 0, (1, 1, 2)).astype(np.float32), values


def quarter_offset(heatmaps):
    """The same file: joint by joint a quarter pixel towards the higher neighbour."""
    points, values = maxima(heatmaps)
    for n in range(BATCH):
        for k in range(KEYPOINTS):
            heatmap = heatmaps[n][k]
            x, y = int(math.floor(points[n][k][0] + 0.5)), int(math.floor(points[n][k][1] + 0.5))
            if 1 < x < WIDTH - 1 and 1 < y < HEIGHT - 1:
                difference = np.array(
                    [heatmap[y][x + 1] - heatmap[y][x - 1], heatmap[y + 1][x] - heatmap[y - 1][x]]
                )
                points[n][k] += np.sign(difference) * 0.25
    return points, values


def blur(heatmaps):
    """mmpose mmpose/codecs/utils/gaussian_blur: zeros outside, each map scaled to its old maximum."""
    border = (KERNEL - 1) // 2
    blurred = np.empty_like(heatmaps)
    for n in range(BATCH):
        for k in range(KEYPOINTS):
            wide = np.zeros((HEIGHT + 2 * border, WIDTH + 2 * border), dtype=np.float32)
            wide[border:-border, border:-border] = heatmaps[n, k]
            wide = cv2.GaussianBlur(wide, (KERNEL, KERNEL), 0)
            inside = wide[border:-border, border:-border]
            blurred[n, k] = inside * (np.max(heatmaps[n, k]) / np.max(inside))
    return blurred


def dark(heatmaps):
    """DarkPose lib/core/inference.py: a Newton step on the logarithm of the blurred map, joint by joint."""
    points, values = maxima(heatmaps)
    logs = np.log(np.maximum(blur(heatmaps), 1e-10))
    for n in range(BATCH):
        for k in range(KEYPOINTS):
            x, y = int(points[n, k, 0]), int(points[n, k, 1])
            if 1 < x < WIDTH - 2 and 1 < y < HEIGHT - 2:
                m = logs[n, k]
                dx, dy = 0.5 * (m[y, x + 1] - m[y, x - 1]), 0.5 * (m[y + 1, x] - m[y - 1, x])
                dxx = 0.25 * (m[y, x + 2] - 2 * m[y, x] + m[y, x - 2])
                dxy = 0.25 * (m[y + 1, x + 1] - m[y - 1, x + 1] - m[y + 1, x - 1] + m[y - 1, x - 1])
                dyy = 0.25 * (m[y + 2, x] - 2 * m[y, x] + m[y - 2, x])
                if dxx * dyy - dxy**2 != 0:
                    hessian = np.array([[dxx, dxy], [dxy, dyy]])
                    points[n, k] -= np.linalg.inv(hessian) @ np.array([dx, dy])
    return points, values


def flip_test(heatmaps):
    """deep-high-resolution-net.pytorch lib/core/function.py: the maps of the mirrored image turned back, shifted, averaged."""
    flipped = heatmaps[:, :, :, ::-1].copy()
    for left, right in FLIP_PAIRS:
        flipped[:, left], flipped[:, right] = flipped[:, right].copy(), flipped[:, left].copy()
    flipped[:, :, :, 1:] = flipped[:, :, :, :-1].copy()
    return maxima((heatmaps + flipped) * 0.5)


def spread(i):
    return (0.618034 * i) % 1


def make_heatmaps():
    people = np.arange(BATCH * KEYPOINTS, dtype=np.float64).reshape(BATCH, KEYPOINTS, 1, 1)
    center_x, center_y = spread(3 * people) * WIDTH, spread(7 * people + 1) * HEIGHT
    peak = 0.3 + 0.7 * spread(5 * people + 2)
    x, y = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    distance = (x - center_x) ** 2 + (y - center_y) ** 2
    noise = 0.001 * spread(7 * np.arange(HEIGHT * WIDTH).reshape(HEIGHT, WIDTH) + 3 * people)
    return (peak * np.exp(-distance / (2 * SIGMA**2)) + noise).astype(np.float32)


def timed(what, seconds, decode):
    """The protocol of `measure` in bench/shared.ts: two runs to warm up, the median of at least three."""
    for _ in range(2):
        decode()
    times = []
    end = time.perf_counter() + seconds
    while len(times) < 3 or time.perf_counter() < end:
        start = time.perf_counter()
        decode()
        times.append(time.perf_counter() - start)
    points, values = decode()
    found = np.concatenate([points, values], axis=2)
    return {
        "what": what,
        "milliseconds": 1000 * float(np.median(times)),
        "points": [float(value) for value in found.ravel()],
        "runs": len(times),
    }


def main(seconds):
    heatmaps = make_heatmaps()
    steps = [("quarter offset", quarter_offset), ("DARK", dark), ("flip test and maximum", flip_test)]
    print(json.dumps([timed(what, seconds, lambda: decode(heatmaps)) for what, decode in steps]))


main(float(sys.argv[1]))
