"""Makes the files in test/fixtures/checkpoints with PyTorch, and expected.json with what they hold.

    pip install torch safetensors numpy
    python packages/pose-models/scripts/make-checkpoint-fixtures.py

Two runs give the same files, but for the legacy ones: their storages are named, and sorted, by memory addresses.
The files in refused/ and malicious/ must not be read; a malicious one would leave a file `was-run` behind. Never load
these in Python.
"""

import collections
import io
import json
import math
import pathlib
import pickle
import struct
import warnings
import zipfile

import numpy
import safetensors.torch
import torch

warnings.simplefilter("ignore")
FOLDER = pathlib.Path(__file__).parent.parent / "test/fixtures/checkpoints"
COMMAND = "echo run > was-run"
expected = {}


def main():
    torch.manual_seed(1)
    for folder in (FOLDER, FOLDER / "refused", FOLDER / "malicious"):
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.glob("*.*"):
            file.unlink()
    formats()
    wrappers()
    for protocol in (1, 3, 4, 5):
        save(f"protocol-{protocol}.pth", network().state_dict(), pickle_protocol=protocol)
    save("legacy-protocol-4.pth", network().state_dict(), pickle_protocol=4, _use_new_zipfile_serialization=False)
    old_files()
    refused()
    malicious()
    files = (f"{json.dumps(name)}: {json.dumps(tensors)}" for name, tensors in expected.items())
    (FOLDER / "expected.json").write_text("{\n" + ",\n".join(files) + "\n}\n")


def network():
    torch.manual_seed(1)
    layers = [torch.nn.Conv2d(2, 3, 3, bias=False), torch.nn.BatchNorm2d(3), torch.nn.ConvTranspose2d(3, 2, 2)]
    model = torch.nn.Sequential(collections.OrderedDict(zip(("conv1", "bn1", "deconv"), layers)))
    model(torch.randn(2, 2, 5, 5))  # Gives the running statistics other values than 0 and 1.
    return model


def formats():
    """The same dicts in each format."""
    dicts = {"network": network().state_dict(), "dtypes": dtypes(), "views": views(), "parameters": parameters()}
    for name, state_dict in dicts.items():
        save(f"{name}.pth", state_dict)
        save(f"{name}-legacy.pth", state_dict, _use_new_zipfile_serialization=False)
    for name in ("network", "dtypes"):
        tensors = dicts[name]
        safetensors.torch.save_file(tensors, FOLDER / f"{name}.safetensors", {"format": "pt"})
        expect(f"{name}.safetensors", tensors)


def dtypes():
    floats = [0.0, -0.0, 1.0, -2.5, 1e-7, 65504.0, 0.1, math.inf, -math.inf, math.nan]
    integers = [0, 1, -1, 100, -128, 127]
    return {
        "float32": torch.tensor(floats + [3.4e38, 1e-45]),
        "float16": torch.tensor(floats + [6e-8, 1e-5], dtype=torch.float16),
        "bfloat16": torch.tensor(floats + [3.3e38, 1e-40], dtype=torch.bfloat16),
        "float64": torch.tensor(floats + [1e300, 1 / 3], dtype=torch.float64),
        "int64": torch.tensor(integers + [2**24 + 1, -(2**40) - 5, 2**63 - 1, -(2**63)]),
        "int32": torch.tensor(integers + [2**31 - 1, -(2**31)], dtype=torch.int32),
        "int16": torch.tensor(integers + [2**15 - 1, -(2**15)], dtype=torch.int16),
        "int8": torch.tensor(integers, dtype=torch.int8),
        "uint8": torch.tensor([0, 1, 127, 128, 255], dtype=torch.uint8),
        "bool": torch.tensor([[True, False, True]]),
    }


def views():
    base = torch.arange(24, dtype=torch.float32)
    cube = base.reshape(2, 3, 4)
    halves = torch.arange(12, dtype=torch.float16).reshape(3, 4)
    return collections.OrderedDict(
        base=base,
        transposed=cube.transpose(0, 2),
        sliced=cube[:, 1:, 1::2],
        row=cube[1, 2],
        scalar=cube[1, 2, 3],
        expanded=cube[:, :1, :].expand(2, 5, 4),
        repeated=base[7].expand(3, 2),
        every_fifth=base[2::5],
        empty=cube[:, :0],
        diagonal=torch.arange(9, dtype=torch.int64).reshape(3, 3).diagonal(),
        channels_last=torch.randn(2, 3, 2, 2).to(memory_format=torch.channels_last),
        half=halves.t(),
    )


def parameters():
    with_attribute = torch.nn.Parameter(torch.tensor([5.0, 6.0]))
    with_attribute.no_decay = True
    tensor = torch.tensor([7.0])
    tensor.remark = "a tensor with an attribute"
    return {
        "weight": torch.nn.Parameter(torch.tensor([[1.0, 2.0]])),
        "frozen": torch.nn.Parameter(torch.tensor([3.0]), requires_grad=False),
        "buffer": torch.nn.Buffer(torch.tensor([4.0])),
        "with_attribute": with_attribute,
        "tensor": tensor,
        "not a tensor": 3,
    }


def wrappers():
    """What training scripts save."""
    model = network()
    optimizer = torch.optim.Adam(model.parameters())
    model(torch.randn(2, 2, 5, 5)).sum().backward()
    optimizer.step()
    scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, [2, 3])
    weights = {f"module.{key}": value for key, value in model.state_dict().items()}
    training_state = {
        "epoch": 3,
        "model": "pose_resnet",
        "state_dict": weights,
        "best_state_dict": model.state_dict(),
        "perf": numpy.float64(0.7),
        "losses": numpy.arange(3.0),
        "optimizer": optimizer.state_dict(),
        "scheduler": scheduler.state_dict(),
        "random": torch.get_rng_state()[:16].clone(),
    }
    save("training-state.pth", training_state, weights)
    save("training-state-legacy.pth", training_state, weights, _use_new_zipfile_serialization=False)
    meta = {
        "mmcv_version": "1.7.0",
        "epoch": 210,
        "iter": 10**12,
        "seed": 2**70,
        "time": "Mon Jan 1 00:00:00 2024",
        "config": "model = dict(type='TopDown')\n",
        "CLASSES": ("person",),
        "ratios": {0.5, 1.5},
        "frozen": frozenset([1]),
        "bytes": b"\x00\xff",
        "bytearray": bytearray(b"\x01"),
        "complex": 1j,
        "dtype": torch.float32,
        "device": torch.device("cpu"),
        "size": torch.Size([1, 2]),
        "nothing": None,
        "yes": [True, False],
    }
    for protocol in (2, 4):
        saved = {"meta": meta, "state_dict": model.state_dict(), "optimizer": optimizer.state_dict()}
        save(f"mmcv-protocol-{protocol}.pth", saved, model.state_dict(), pickle_protocol=protocol)
    nested = {"model": {"module": model.state_dict()}, "ema_state_dict": {"conv1.weight": torch.zeros(1)}}
    save("nested.pth", nested, model.state_dict())
    unused = {"state_dict": {"w": torch.ones(1)}, "sparse": torch.eye(2).to_sparse(), "complex": torch.ones(1) * 1j}
    save("unused-kinds.pth", unused, unused["state_dict"])


def old_files():
    """What PyTorch no longer writes, in the legacy format: views of storages, and pickles of Python 2."""
    values = torch.arange(6, dtype=torch.float32)

    class ViewPickler(pickle.Pickler):
        def persistent_id(self, value):
            return value.id if isinstance(value, StorageView) else None

    class StorageView:
        def __init__(self, key, view):
            self.id = ("storage", torch.FloatStorage, key, "cpu", 6, view)

    class View:
        def __init__(self, *args):
            self.args = args

        def __reduce__(self):
            return torch._utils._rebuild_tensor, self.args

    buffer = legacy_head()
    ViewPickler(buffer, 2).dump(
        {
            "whole": View(StorageView("1", None), 0, (2, 3), (3, 1)),
            "part": View(StorageView("1", ("2", 2, 4)), 1, (3,), (1,)),
        }
    )
    pickle.dump(["1"], buffer, 2)
    buffer.write(struct.pack("<q6f", 6, *values))
    write("legacy-storage-views.pth", buffer.getvalue())
    expect("legacy-storage-views.pth", {"whole": values.reshape(2, 3), "part": values[3:6]})

    buffer = legacy_head()
    storage = b"(U\x07storagectorch\nFloatStorage\nU\x011U\x03cpuK\x02NtQ"
    tensor = b"ctorch._utils\n_rebuild_tensor\n(" + storage + b"K\x00K\x02\x85K\x01\x85tR"
    buffer.write(b"\x80\x02ccollections\nOrderedDict\n](]U\x06weighta" + tensor + b"ae\x85R}U\x09_metadataNsb.")
    buffer.write(b"\x80\x02]U\x011a.")
    buffer.write(struct.pack("<q2f", 2, 1.5, -2))
    write("legacy-python-2.pth", buffer.getvalue())
    expect("legacy-python-2.pth", {"weight": torch.tensor([1.5, -2.0])})


def legacy_head():
    buffer = io.BytesIO()
    facts = {"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}
    for value in (torch.serialization.MAGIC_NUMBER, torch.serialization.PROTOCOL_VERSION, facts):
        pickle.dump(value, buffer, 2)
    return buffer


def refused():
    """Files that are not malicious, and are no dense weights."""
    ones = torch.ones(2)
    for name, value in {
        "sparse": torch.eye(2).to_sparse(),
        "quantized": torch.quantize_per_tensor(ones, 0.1, 0, torch.qint8),
        "complex": ones * 1j,
        "uint16": torch.ones(2, dtype=torch.uint16),
        "meta": torch.empty(2, device="meta"),
        "negative-view": torch._neg_view(ones),
    }.items():
        torch.save({"weight": value}, FOLDER / f"refused/{name}.pth")
    torch.save({"epoch": 3, "lr": [0.1]}, FOLDER / "refused/no-tensors.pth")
    torch.save(ones, FOLDER / "refused/bare-tensor.pth")
    torch.save({"weight": ones}, FOLDER / "refused/protocol-0.pth", pickle_protocol=0)
    torch.save(torch.nn.Linear(1, 1), FOLDER / "refused/whole-model.pth")
    torch.jit.script(torch.nn.ReLU()).save(FOLDER / "refused/torchscript.pt")
    write("refused/pickle.pkl", pickle.dumps({"weight": [1.0]}))


def malicious():
    """Pickles that run a command when Python loads them, or that ask for what no file of PyTorch's asks for."""
    command = b"X" + struct.pack("<I", len(COMMAND)) + COMMAND.encode()
    system = b"cposix\nsystem\n"
    tensor = b"ctorch._utils\n_rebuild_tensor_v2\n"
    ordered_dict = b"ccollections\nOrderedDict\n"

    class Reduces:
        def __reduce__(self):
            return eval, (f"__import__('os').system({COMMAND!r})",)

    for name, data in {
        "system-global": b"\x80\x02" + system + command + b"\x85R.",
        "system-stack-global": b"\x80\x04\x8c\x05posix\x8c\x06system\x93" + command + b"\x85R.",
        "system-stack-global-memo": b"\x80\x04\x8c\x06system\x940\x8c\x05posixh\x00\x93" + command + b"\x85R.",
        "system-inst": b"(" + command + b"iposix\nsystem\n.",
        "system-obj": b"(" + system + command + b"o.",
        "system-never-called": b"\x80\x02}X\x01\x00\x00\x00w" + system + b"s.",
        "system-popped": b"\x80\x02" + system + b"0}.",
        "builtins-eval": b"\x80\x02cbuiltins\neval\n" + command + b"\x85R.",
        "python-2-eval": b"\x80\x02c__builtin__\neval\n" + command + b"\x85R.",
        "getattr": b"\x80\x02cbuiltins\ngetattr\nctorch\nSize\nX\x09\x00\x00\x00__class__\x86R.",
        "reduce-of-class": pickle.dumps({"weight": Reduces()}, 2),
        "torch-load": b"\x80\x02ctorch.storage\n_load_from_bytes\nC\x01x\x85R.",
        "dotted-name": b"\x80\x04\x8c\x05torch\x8c\x10serialization.os\x93.",
        "prototype-name": b"\x80\x02c__proto__\nconstructor\n.",
        "tensor-of-strings": b"\x80\x02" + tensor + b"(" + command * 6 + b"tR.",
        "tensor-without-arguments": b"\x80\x02" + tensor + b")R.",
        "called-result": b"\x80\x02" + ordered_dict + b")R)R.",
        "called-string": b"\x80\x02" + command + b")R.",
        "called-with-string": b"\x80\x02" + ordered_dict + command + b"R.",
        "called-with-keywords": b"\x80\x04" + ordered_dict + b")}X\x01\x00\x00\x00aK\x01s\x92.",
        "rebuild-from-type": b"\x80\x02ctorch._tensor\n_rebuild_from_type_v2\n(ctorch.storage\nUntypedStorage\n"
        b"ctorch\nTensor\n)NtR.",
        "rebuild-itself": b"\x80\x02ctorch._tensor\n_rebuild_from_type_v2\nq\x00(h\x00ctorch\nTensor\n](h\x00"
        b"ctorch\nTensor\n)NeNtR.",
        "build-function": b"\x80\x02" + ordered_dict + b"}X\x0c\x00\x00\x00__setstate__" + command + b"sb.",
        "build-setstate": b"\x80\x02" + ordered_dict + b")R}X\x0c\x00\x00\x00__setstate__" + system + b"sb.",
        "persistent-module": b"\x80\x02(X\x06\x00\x00\x00moduleNNNtQ.",
        "extension-code": b"\x80\x02\x82\x01.",
        "out-of-band-buffer": b"\x80\x05\x97.",
    }.items():
        write(f"malicious/{name}.pth", archive(data))


def archive(data):
    """A file as torch.save writes it, around a pickle of our own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in {"data.pkl": data, "byteorder": b"little", "version": b"3\n"}.items():
            file.writestr(zipfile.ZipInfo(f"archive/{name}"), content)
    return buffer.getvalue()


def save(name, value, tensors=None, **options):
    torch.save(value, FOLDER / name, **options)
    expect(name, value if tensors is None else tensors)


def expect(name, tensors):
    expected[name] = {
        key: {
            "dtype": str(tensor.dtype).removeprefix("torch."),
            "shape": list(tensor.shape),
            "values": [number(value) for value in tensor.detach().to(torch.float32).flatten().tolist()],
        }
        for key, tensor in tensors.items()
        if isinstance(tensor, torch.Tensor)
    }


def number(value):
    """JSON has finite numbers only."""
    return value if math.isfinite(value) else str(value)


def write(name, data):
    (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
