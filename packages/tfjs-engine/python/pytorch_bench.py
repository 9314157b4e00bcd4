"""
Training step and forward pass of SimpleBaseline (Xiao et al. 2018) with a ResNet of any depth in PyTorch: what
`pose-engine bench` compares with. Prints one JSON object.

    python3 pytorch_bench.py --depth 50 --device cpu --height 256 --width 192 --batch 8 --seconds 10 --threads 2
"""

import argparse
import json
import sys
import time

import torch
from torch import nn

try:
    import resource
except ImportError:  # Windows
    resource = None

KEYPOINTS = 17
WARM_UP, FEWEST = 2, 3

# Depth: bottleneck blocks or not, blocks per stage (He et al. 2016, table 1).
RESNETS = {
    18: (False, (2, 2, 2, 2)),
    34: (False, (3, 4, 6, 3)),
    50: (True, (3, 4, 6, 3)),
    101: (True, (3, 4, 23, 3)),
    152: (True, (3, 8, 36, 3)),
}


def conv(inputs, outputs, size, stride=1):
    """Convolution and batch norm."""
    return [nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False), nn.BatchNorm2d(outputs)]


class Residual(nn.Module):
    """Basic block (3x3, 3x3) or bottleneck (1x1, 3x3 with the stride, 1x1 to four times the planes)."""

    def __init__(self, inputs, planes, stride, bottleneck):
        super().__init__()
        outputs = 4 * planes if bottleneck else planes
        relu = nn.ReLU(inplace=True)
        if bottleneck:
            body = [*conv(inputs, planes, 1), relu, *conv(planes, planes, 3, stride), relu, *conv(planes, outputs, 1)]
        else:
            body = [*conv(inputs, planes, 3, stride), relu, *conv(planes, planes, 3)]
        self.body = nn.Sequential(*body)
        self.skip = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.skip = nn.Sequential(*conv(inputs, outputs, 1, stride))

    def forward(self, x):
        return torch.relu(self.body(x) + self.skip(x))


def simple_baseline(depth):
    bottleneck, blocks = RESNETS[depth]
    layers = [*conv(3, 64, 7, 2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)]
    width = 64
    for planes, count, stride in zip((64, 128, 256, 512), blocks, (1, 2, 2, 2)):
        for block in range(count):
            layers.append(Residual(width, planes, stride if block == 0 else 1, bottleneck))
            width = 4 * planes if bottleneck else planes
    for _ in range(3):
        layers += [nn.ConvTranspose2d(width, 256, 4, 2, 1, bias=False), nn.BatchNorm2d(256), nn.ReLU(inplace=True)]
        width = 256
    return nn.Sequential(*layers, nn.Conv2d(width, KEYPOINTS, 1))


def measure(seconds, run):
    for _ in range(WARM_UP):
        run()
    times = []
    end = time.perf_counter() + seconds
    while len(times) < FEWEST or time.perf_counter() < end:
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    times.sort()
    return {"seconds": (times[(len(times) - 1) // 2] + times[len(times) // 2]) / 2, "runs": len(times)}


def peak_memory():
    """Highest resident size of this process, bytes; None where the system does not tell."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit if resource else None


def benchmark(depth, device, height, width, batch, seconds, threads):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    model = simple_baseline(depth).to(device, memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    # In host memory, as a data loader leaves them: the step uploads them, like that of TensorFlow.js.
    images = torch.randn(batch, 3, height, width).contiguous(memory_format=torch.channels_last)
    target = torch.zeros(batch, KEYPOINTS, height // 4, width // 4)
    target[:, :, height // 8, width // 8] = 1

    def step():
        heatmaps = model(images.to(device))
        loss = 0.5 * nn.functional.mse_loss(heatmaps, target.to(device))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item(), heatmaps.detach().cpu()  # the heatmaps are needed for the training accuracy

    model.train()
    train = measure(seconds, step)
    model.eval()
    resident = images.to(device)
    with torch.inference_mode():
        forward = measure(seconds, lambda: model(resident).cpu())
    memory = {}
    if resource:
        memory["process"] = peak_memory()
    if device == "cuda":
        memory["device"] = torch.cuda.max_memory_reserved()
    return {
        "device": device,
        "version": torch.__version__,
        "threads": threads,
        "train": train,
        "forward": forward,
        "memory": memory,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--depth", type=int, choices=RESNETS, required=True)
    parser.add_argument("--device", choices=("cpu", "cuda"), required=True)
    for name in ("height", "width", "batch", "seconds", "threads"):
        parser.add_argument(f"--{name}", type=int, required=True)
    print(json.dumps(benchmark(**vars(parser.parse_args()))))
