"""Training samples of SimpleBaseline with OpenCV and numpy on one core: JPEG file to network input and targets.

The steps are those of JointsDataset.__getitem__ in human-pose-estimation.pytorch: read, augment, warp, normalise,
Gaussian targets. Prints one JSON object.
"""
import argparse
import json
import os
import random
import time

import cv2
import numpy as np

PARSER = argparse.ArgumentParser(description=__doc__)
PARSER.add_argument("root", help="folder in COCO's layout")
PARSER.add_argument("--width", type=int, required=True)
PARSER.add_argument("--height", type=int, required=True)
PARSER.add_argument("--seconds", type=float, required=True)

MEAN = np.array([0.485, 0.456, 0.406], np.float32)
STD = np.array([0.229, 0.224, 0.225], np.float32)
PAIRS = [(1, 2), (3, 4), (5, 6), (7, 8), (9, 10), (11, 12), (13, 14), (15, 16)]
SIGMA = 2


def crop_matrix(center, scale, rotation, size):
    """Three point pairs, as get_affine_transform takes them."""
    angle = np.pi * rotation / 180
    reach = scale[0] * 200 / 2
    source = np.zeros((3, 2), np.float32)
    target = np.zeros((3, 2), np.float32)
    source[0] = center
    source[1] = center + reach * np.array([np.sin(angle), -np.cos(angle)])
    target[0] = [size[0] / 2, size[1] / 2]
    target[1] = [size[0] / 2, size[1] / 2 - size[0] / 2]
    for points in (source, target):
        leg = points[0] - points[1]
        points[2] = points[1] + np.array([-leg[1], leg[0]], np.float32)
    return cv2.getAffineTransform(source, target)


def heatmaps(joints, visible, size, stride):
    """One patch per joint, as JointsDataset.generate_target writes them."""
    width, height = size[0] // stride, size[1] // stride
    reach = SIGMA * 3
    target = np.zeros((len(joints), height, width), np.float32)
    weight = np.array(visible, np.float32)
    side = 2 * reach + 1
    x = np.arange(0, side, 1, np.float32)
    y = x[:, np.newaxis]
    middle = side // 2
    for k, (jx, jy) in enumerate(joints):
        mx, my = int(jx / stride + 0.5), int(jy / stride + 0.5)
        left, top, right, bottom = mx - reach, my - reach, mx + reach + 1, my + reach + 1
        if left >= width or top >= height or right < 0 or bottom < 0:
            weight[k] = 0
            continue
        if weight[k] > 0.5:
            patch = np.exp(-((x - middle) ** 2 + (y - middle) ** 2) / (2 * SIGMA**2))
            px = max(0, -left), min(right, width) - left
            py = max(0, -top), min(bottom, height) - top
            tx = max(0, left), min(right, width)
            ty = max(0, top), min(bottom, height)
            target[k][ty[0] : ty[1], tx[0] : tx[1]] = patch[py[0] : py[1], px[0] : px[1]]
    return target, weight


def sample(person, size):
    image = cv2.imread(person["file"], cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
    image = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
    joints, visible = person["joints"].copy(), person["visible"]
    center, scale = person["center"].copy(), person["scale"]
    scale = scale * np.clip(np.random.randn() * 0.3 + 1, 0.7, 1.3)
    rotation = np.clip(np.random.randn() * 40, -80, 80) if random.random() <= 0.6 else 0
    if random.random() <= 0.5:
        image = image[:, ::-1, :]
        joints[:, 0] = image.shape[1] - joints[:, 0] - 1
        for a, b in PAIRS:
            joints[[a, b]] = joints[[b, a]]
            visible = visible.copy()
            visible[[a, b]] = visible[[b, a]]
        center[0] = image.shape[1] - center[0] - 1
    matrix = crop_matrix(center, scale, rotation, size)
    crop = cv2.warpAffine(image, matrix, tuple(size), flags=cv2.INTER_LINEAR)
    values = crop.astype(np.float32)
    values /= 255
    values -= MEAN
    values /= STD
    moved = joints @ matrix[:, :2].T + matrix[:, 2]
    return values, heatmaps(moved, visible, size, 4)


def read_people(root, size):
    with open(os.path.join(root, "annotations", "person_keypoints_train2017.json")) as file:
        coco = json.load(file)
    images = {image["id"]: os.path.join(root, "train2017", image["file_name"]) for image in coco["images"]}
    people = []
    for annotation in coco["annotations"]:
        if annotation["num_keypoints"] == 0:
            continue
        x, y, w, h = annotation["bbox"]
        triplets = np.array(annotation["keypoints"], np.float64).reshape(-1, 3)
        ratio = size[0] / size[1]
        center = np.array([x + w / 2, y + h / 2], np.float32)
        w, h = (w, w / ratio) if w > ratio * h else (h * ratio, h)
        people.append(
            {
                "file": images[annotation["image_id"]],
                "joints": triplets[:, :2],
                "visible": (triplets[:, 2] > 0).astype(np.float32),
                "center": center,
                "scale": np.array([w, h], np.float32) / 200 * 1.25,
            }
        )
    return people


def main():
    options = PARSER.parse_args()
    cv2.setNumThreads(1)
    np.random.seed(0)
    random.seed(0)
    size = [options.width, options.height]
    people = read_people(options.root, size)
    for person in people[:16]:
        sample(person, size)
    epochs = []
    started = time.perf_counter()
    while len(epochs) < 3 or time.perf_counter() - started < options.seconds:
        begin = time.perf_counter()
        for person in people:
            sample(person, size)
        epochs.append(time.perf_counter() - begin)
    print(
        json.dumps(
            {
                "imagesPerSecond": len(people) / float(np.median(epochs)),
                "runs": len(epochs),
                "version": f"OpenCV {cv2.__version__}, numpy {np.__version__}",
            }
        )
    )


if __name__ == "__main__":
    main()
