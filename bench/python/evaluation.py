"""Evaluates keypoint results with pycocotools, as its users do; prints one JSON object.

    python evaluation.py person_keypoints_val2017.json results.json

Seconds for the loading of both files and for evaluate, accumulate and summarize, and the most memory that the process
ever held.
"""

import contextlib
import io
import json
import resource
import sys
import time

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

start = time.perf_counter()
with contextlib.redirect_stdout(io.StringIO()):
    ground_truth = COCO(sys.argv[1])
    detections = ground_truth.loadRes(sys.argv[2])
    loaded = time.perf_counter()
    evaluation = COCOeval(ground_truth, detections, "keypoints")
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
evaluated = time.perf_counter()
print(
    json.dumps(
        {
            "loadSeconds": loaded - start,
            "evaluateSeconds": evaluated - loaded,
            "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "stats": list(evaluation.stats),
        }
    )
)
