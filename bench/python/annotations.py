"""Opens a COCO annotation file with pycocotools, as its users do; prints one JSON object.

    python annotations.py person_keypoints_train2017.json

Seconds from the call to the indexed object, and the most memory that the process ever held.
"""

import contextlib
import io
import json
import resource
import sys
import time

from pycocotools.coco import COCO

start = time.perf_counter()
with contextlib.redirect_stdout(io.StringIO()):
    coco = COCO(sys.argv[1])
seconds = time.perf_counter() - start
print(
    json.dumps(
        {
            "seconds": seconds,
            "people": len(coco.anns),
            "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
    )
)
