"""
Training step and forward pass of SimpleBaseline ResNet-18 (Xiao et al. 2018) in PyTorch: what bench.ts compares with.
Prints a JSON array with one result per device (CPU, and CUDA where there is one).

    python3 pytorch.py <height> <width> <batch> <seconds>
"""

import json
import sys
import time

import torch
from torch import nn

KEYPOINTS = 17
WARM_UP, FEWEST = 2, 3


class BasicBlock(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
            nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False),
            nn.BatchNorm2d(outputs),
        )
        self.skip = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.skip = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return torch.relu(self.body(x) + self.skip(x))


def simple_baseline():
    layers = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)]
    width = 64
    for planes, stride in ((64, 1), (128, 2), (256, 2), (512, 2)):
        layers += [BasicBlock(width, planes, stride), BasicBlock(planes, planes, 1)]
        width = planes
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


def benchmark(device, height, width, batch, seconds):
    torch.manual_seed(1)
    model = simple_baseline().to(device, memory_format=torch.channels_last)
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
    return {
        "engine": f"PyTorch {device}",
        "from": f"torch {torch.__version__}, channels_last, {torch.get_num_threads()} threads",
        "train": train,
        "forward": forward,
    }


if __name__ == "__main__":
    arguments = [int(value) for value in sys.argv[1:5]]
    devices = ["cpu", "cuda"] if torch.cuda.is_available() else ["cpu"]
    print(json.dumps([benchmark(device, *arguments) for device in devices]))
