"""A training step with Adam, or a forward pass, of a network in PyTorch, each time that it is asked for one: eager, compiled
(torch.compile) or with autocast to bfloat16; on the CPU, or on a CUDA GPU, where float32 is TF32 and each batch is brought
there and what is made brought back. The process of a StepProcess (step-process.ts).

    echo train | python3 compiled_step.py --model pose_resnet18 --mode eager --device cpu --height 256 --width 192 \\
        --batch 8 --threads 2
"""

import argparse
import contextlib
import functools
import json
import os
import re
import sys
import time
from pathlib import Path

os.environ["TORCHINDUCTOR_FORCE_DISABLE_CACHES"] = "1"  # each compilation is a first one; read when torch is imported

import torch  # noqa: E402
from torch import nn  # noqa: E402

from hourglass import StackedHourglass  # noqa: E402
from lite_hrnet import LiteHRNet  # noqa: E402

sys.path.append(str(Path(__file__).parents[2] / "packages/tfjs-engine/python"))
from pytorch_bench import RESNETS, peak_memory, simple_baseline  # noqa: E402

LEARNING_RATE = 1e-3


def build(name):
    if name == "litehrnet_18":
        return LiteHRNet()
    if stacks := re.fullmatch(r"hourglass_(\d)stack", name):
        return StackedHourglass(int(stacks[1]))
    depth = re.fullmatch(r"pose_resnet(\d+)", name)
    if depth and int(depth[1]) in RESNETS:
        return simple_baseline(int(depth[1]))
    sys.exit(f"there is no twin of {name} in PyTorch here")


def steps(model, mode, device, height, width, batch):
    """Functions that take a training step and a forward pass."""
    model = model.to(device, memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    network = torch.compile(model) if mode == "compile" else model
    images = torch.randn(batch, 3, height, width).contiguous(memory_format=torch.channels_last)

    @functools.cache
    def target(shape):
        peaks = torch.zeros(shape)
        peaks[:, :, shape[2] // 2, shape[3] // 2] = 1
        return peaks

    def outputs():
        with torch.autocast(device, torch.bfloat16) if mode == "bfloat16" else contextlib.nullcontext():
            made = network(images.to(device))
        return [heatmaps.float() for heatmaps in (made if isinstance(made, list) else [made])]

    def train():
        model.train()
        loss = sum(0.5 * nn.functional.mse_loss(heatmaps, target(heatmaps.shape).to(device)) for heatmaps in outputs())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss.item()

    def forward():
        model.eval()
        with torch.inference_mode():
            for heatmaps in outputs():
                heatmaps.cpu()

    return {"train": train, "forward": forward}


def say(**answer):
    print(json.dumps(answer), flush=True)


def main(model, mode, device, threads, **sizes):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    network = build(model)
    on = ""
    if device == "gpu":
        torch.set_float32_matmul_precision("high")  # TF32, as cuDNN's convolutions have it by default
        on = f" on {torch.cuda.get_device_name()}"
    run = steps(network, mode, "cuda" if device == "gpu" else device, **sizes)
    say(runtime=f"PyTorch {torch.__version__}{on}", parameters=sum(weight.numel() for weight in network.parameters()))
    for request in map(str.strip, sys.stdin):
        if request == "memory":
            say(memory=peak_memory())
            continue
        started = time.perf_counter()
        run[request]()
        say(seconds=time.perf_counter() - started)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--mode", choices=("eager", "compile", "bfloat16"), required=True)
    parser.add_argument("--device", choices=("cpu", "gpu"), required=True)
    for option in ("height", "width", "batch", "threads"):
        parser.add_argument(f"--{option}", type=int, required=True)
    main(**vars(parser.parse_args()))
