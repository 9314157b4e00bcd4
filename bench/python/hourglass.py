"""The stacked hourglass (Newell, Yang, Deng 2016), as princeton-vl/pytorch_stacked_hourglass builds it (models/posenet.py,
models/layers.py), without the shortcuts' convolutions that it makes and does not use.
"""

from torch import nn

DEPTH, WIDTH, KEYPOINTS = 4, 256, 16


class Residual(nn.Module):
    """Batch norm and ReLU before each convolution; a bias in each."""

    def __init__(self, inputs, outputs):
        super().__init__()
        half = outputs // 2
        layers = []
        for channels, filters, size in ((inputs, half, 1), (half, half, 3), (half, outputs, 1)):
            layers += [nn.BatchNorm2d(channels), nn.ReLU(), nn.Conv2d(channels, filters, size, padding=size // 2)]
        self.body = nn.Sequential(*layers)
        self.skip = nn.Identity() if inputs == outputs else nn.Conv2d(inputs, outputs, 1)

    def forward(self, x):
        return self.body(x) + self.skip(x)


class Hourglass(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.across = Residual(WIDTH, WIDTH)
        inner = Hourglass(depth - 1) if depth > 1 else Residual(WIDTH, WIDTH)
        down, up = nn.MaxPool2d(2), nn.Upsample(scale_factor=2)
        self.below = nn.Sequential(down, Residual(WIDTH, WIDTH), inner, Residual(WIDTH, WIDTH), up)

    def forward(self, x):
        return self.across(x) + self.below(x)


def conv_bn_relu(inputs, outputs, size, stride=1):
    return [nn.Conv2d(inputs, outputs, size, stride, size // 2), nn.BatchNorm2d(outputs), nn.ReLU()]


class StackedHourglass(nn.Module):
    """Images [N, 3, H, W] to heatmaps [N, 16, H / 4, W / 4] of each stack."""

    def __init__(self, stacks):
        super().__init__()
        start = [*conv_bn_relu(3, 64, 7, 2), Residual(64, 128), nn.MaxPool2d(2), Residual(128, 128)]
        self.start = nn.Sequential(*start, Residual(128, WIDTH))
        self.features = nn.ModuleList(
            nn.Sequential(Hourglass(DEPTH), Residual(WIDTH, WIDTH), *conv_bn_relu(WIDTH, WIDTH, 1))
            for _ in range(stacks)
        )
        self.heads = nn.ModuleList(nn.Conv2d(WIDTH, KEYPOINTS, 1) for _ in range(stacks))
        self.merge_features = nn.ModuleList(nn.Conv2d(WIDTH, WIDTH, 1) for _ in range(stacks - 1))
        self.merge_heatmaps = nn.ModuleList(nn.Conv2d(KEYPOINTS, WIDTH, 1) for _ in range(stacks - 1))

    def forward(self, images):
        x = self.start(images)
        outputs = []
        for i, (features, head) in enumerate(zip(self.features, self.heads)):
            found = features(x)
            outputs.append(head(found))
            if i < len(self.merge_features):
                x = x + self.merge_heatmaps[i](outputs[i]) + self.merge_features[i](found)
        return outputs
