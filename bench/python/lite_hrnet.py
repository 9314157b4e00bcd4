"""Lite-HRNet (Yu et al. 2021) with one heatmap per keypoint, as HRNet/Lite-HRNet builds it
(models/backbones/litehrnet.py), the unusual sums of its fusion included.
"""

import torch
from torch import nn
from torch.nn import functional

MODULES, BLOCKS, WIDTH, STEM, KEYPOINTS = (2, 4, 2), 2, 40, 32, 17


def conv(inputs, outputs, size=1, stride=1, relu=True):
    layers = [nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, *([nn.ReLU()] if relu else []))


def depthwise(channels, stride=1):
    return nn.Sequential(
        nn.Conv2d(channels, channels, 3, stride, 1, groups=channels, bias=False), nn.BatchNorm2d(channels)
    )


def separable(inputs, outputs, stride=1, relu=True):
    return nn.Sequential(depthwise(inputs, stride), conv(inputs, outputs, relu=relu))


def shuffled(a, b):
    """Channels of both in turn."""
    return torch.stack((a, b), 2).flatten(1, 2)


class Stem(nn.Module):
    def __init__(self):
        super().__init__()
        half = STEM // 2
        self.conv = conv(3, STEM, 3, 2)
        self.first = nn.Sequential(depthwise(half, 2), conv(half, half))
        self.second = nn.Sequential(conv(half, STEM), depthwise(STEM, 2), conv(STEM, half))

    def forward(self, x):
        first, second = self.conv(x).chunk(2, 1)
        return shuffled(self.first(first), self.second(second))


class SpatialWeighting(nn.Module):
    """Section 3.2, equation 6."""

    def __init__(self, width):
        super().__init__()
        inner = width // 4
        squeeze = [nn.AdaptiveAvgPool2d(1), nn.Conv2d(width, inner, 1), nn.ReLU()]
        self.factors = nn.Sequential(*squeeze, nn.Conv2d(inner, width, 1), nn.Sigmoid())

    def forward(self, x):
        return x * self.factors(x)


class ConditionalChannelWeighting(nn.Module):
    """Figure 3b, over all branches at once; the weights across resolutions are equations 3 to 5."""

    def __init__(self, widths):
        super().__init__()
        self.halves = [width // 2 for width in widths]
        total = sum(self.halves)
        self.across = nn.Sequential(conv(total, total // 8), conv(total // 8, total, relu=False), nn.Sigmoid())
        self.own = nn.ModuleList(nn.Sequential(depthwise(half), SpatialWeighting(half)) for half in self.halves)

    def forward(self, branches):
        firsts, seconds = zip(*(x.chunk(2, 1) for x in branches))
        smallest = seconds[-1].shape[-2:]
        pooled = [functional.adaptive_avg_pool2d(x, smallest) for x in seconds[:-1]]
        weights = self.across(torch.cat([*pooled, seconds[-1]], 1)).split(self.halves, 1)
        weighted = (x * functional.interpolate(w, x.shape[-2:]) for x, w in zip(seconds, weights))
        return [shuffled(first, own(x)) for first, x, own in zip(firsts, weighted, self.own)]


class Fusion(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.ways = nn.ModuleList(
            nn.ModuleList(self.way(widths, to, start) for start in range(len(widths))) for to in range(len(widths))
        )

    @staticmethod
    def way(widths, to, start):
        if to == start:
            return nn.Identity()
        if to < start:
            up = nn.Upsample(scale_factor=2 ** (start - to))
            return nn.Sequential(conv(widths[start], widths[to], relu=False), up)
        inner = [separable(widths[start], widths[start], 2) for _ in range(to - start - 1)]
        return nn.Sequential(*inner, separable(widths[start], widths[to], 2, relu=False))

    def forward(self, branches):
        branches, results = list(branches), []
        for to, ways in enumerate(self.ways):
            total = ways[0](branches[0])
            for start, way in enumerate(ways):
                total = total + way(branches[start])
            if to == 0:
                branches[0] = total  # published: the sum is taken in place
            results.append(torch.relu(total))
        return results


class Transition(nn.Module):
    def __init__(self, widths, wanted):
        super().__init__()
        same = (nn.Identity() if a == b else separable(a, b) for a, b in zip(widths, wanted))
        self.ways = nn.ModuleList([*same, separable(widths[-1], wanted[-1], 2)])

    def forward(self, branches):
        return [way(x) for way, x in zip(self.ways, [*branches, branches[-1]])]


class Head(nn.Module):
    def __init__(self, widths):
        super().__init__()
        targets = [*widths[-2::-1], widths[0]]
        self.projects = nn.ModuleList(separable(a, b) for a, b in zip(widths[::-1], targets))

    def forward(self, branches):
        *projects, last = self.projects
        y = branches[-1]
        for project, x in zip(projects, branches[-2::-1]):
            y = x + functional.interpolate(project(y), x.shape[-2:], mode="bilinear", align_corners=True)
        return last(y)


class LiteHRNet(nn.Module):
    """Lite-HRNet-18: images [N, 3, H, W] to heatmaps [N, 17, H / 4, W / 4]."""

    def __init__(self):
        super().__init__()
        self.stem = Stem()
        stages, widths = [], [STEM]
        for stage, modules in enumerate(MODULES):
            wanted = [WIDTH * 2**branch for branch in range(stage + 2)]
            stages.append(Transition(widths, wanted))
            widths = wanted
            for _ in range(modules):
                stages += [*(ConditionalChannelWeighting(widths) for _ in range(BLOCKS)), Fusion(widths)]
        self.stages = nn.Sequential(*stages)
        self.head = nn.Sequential(Head(widths), nn.Conv2d(WIDTH, KEYPOINTS, 1))

    def forward(self, images):
        return self.head(self.stages([self.stem(images)]))
