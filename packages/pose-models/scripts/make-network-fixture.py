"""
A slim SimpleBaseline written by PyTorch, with its output for one input: test/fixtures/checkpoints/slim-*.

    python3 scripts/make-network-fixture.py test/fixtures/checkpoints     # needs torch

The module has the names of Microsoft's pose_resnet.py; width 2 in place of 64 keeps the files small.
"""

import json
import sys
from pathlib import Path

import torch
from torch import nn

WIDTH, DECONV, KEYPOINTS = 2, 2, 3
HEIGHT, WIDTH_PIXELS = 64, 32


class BasicBlock(nn.Module):
    def __init__(self, inputs, planes, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, planes, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = nn.Conv2d(planes, planes, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.downsample = None
        if stride != 1 or inputs != planes:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, planes, 1, stride, bias=False), nn.BatchNorm2d(planes))

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(y + (self.downsample(x) if self.downsample else x))


class PoseResNet18(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, WIDTH, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(WIDTH)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        inputs = WIDTH
        for layer in range(4):
            planes = WIDTH * 2**layer
            blocks = [BasicBlock(inputs, planes, 2 if layer else 1), BasicBlock(planes, planes, 1)]
            setattr(self, f"layer{layer + 1}", nn.Sequential(*blocks))
            inputs = planes
        self.deconv_layers = nn.Sequential(
            nn.ConvTranspose2d(inputs, DECONV, 4, 2, 1, bias=False), nn.BatchNorm2d(DECONV), nn.ReLU()
        )
        self.final_layer = nn.Conv2d(DECONV, KEYPOINTS, 1)

    def forward(self, x):
        x = self.maxpool(torch.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.final_layer(self.deconv_layers(x))


def main(folder):
    torch.manual_seed(1)
    model = PoseResNet18()
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() == 1:
                parameter.uniform_(0.5, 1.5)
        for _ in range(3):  # running statistics that are not those of a fresh network
            model(torch.randn(2, 3, HEIGHT, WIDTH_PIXELS))
    model.eval()
    x = (torch.randn(1, 3, HEIGHT, WIDTH_PIXELS) * 1000).round() / 1000
    with torch.no_grad():
        y = model(x)
    state = model.state_dict()
    torch.save(state, folder / "slim-zip.pth")
    training = {"epoch": 3, "model": "pose_resnet", "state_dict": {f"module.{k}": v for k, v in state.items()}}
    torch.save(training, folder / "slim-legacy.pth.tar", _use_new_zipfile_serialization=False)
    expected = {
        "options": {
            "inputSize": [WIDTH_PIXELS, HEIGHT],
            "keypoints": KEYPOINTS,
            "deconvFilters": [DECONV],
            "width": WIDTH,
        },
        "input": [round(v, 3) for v in x.flatten().tolist()],
        "output": y.flatten().tolist(),
        "shape": list(y.shape),
    }
    (folder / "slim.json").write_text(json.dumps(expected) + "\n")


main(Path(sys.argv[1]))
