import { DTYPES } from './dtypes';
import { Opaque, PickleGlobal, PickleObject, type PickleValue } from './pickle-values';
import { Storage, STORAGE_TYPES } from './torch-storage';

/** A tensor as the pickle describes it; nothing of it is checked yet. */
export class TensorRecord extends PickleObject {
  readonly description = 'a tensor';

  /** @param dtype  PyTorch's name */
  constructor(
    readonly storage: Storage,
    readonly dtype: string,
    readonly offset: PickleValue,
    readonly shape: PickleValue,
    readonly strides: PickleValue,
  ) {
    super();
  }
}

/** A tensor of a kind that is not read: an error when it is among the weights. */
export class OtherTensor extends PickleObject {
  constructor(readonly description: string) {
    super();
  }
}

/** Names of dtypes, which are values of their own in a pickle. */
class DTypeRecord extends PickleGlobal {
  constructor(readonly dtype: string) {
    super(`torch.${dtype}`);
  }
}

const OTHER_DTYPES = [
  ...['uint16', 'uint32', 'uint64', 'complex32', 'complex64', 'complex128'],
  ...['float8_e5m2', 'float8_e4m3fn', 'float8_e5m2fnuz', 'float8_e4m3fnuz', 'float8_e8m0fnu', 'float4_e2m1fn_x2'],
  ...['qint8', 'quint8', 'qint32', 'quint4x2', 'quint2x4'],
];

const QUANTIZATION_SCHEMES = [
  ...['per_tensor_affine', 'per_tensor_symmetric', 'per_channel_affine', 'per_channel_symmetric'],
  'per_channel_affine_float_qparams',
];

const rebuildTensor = new PickleGlobal('torch._utils._rebuild_tensor', (args) =>
  args.length === 4 && args[0] instanceof Storage ? tensorRecord(args, args[0].type.dtype, undefined) : undefined,
);

const rebuildTensorV2 = new PickleGlobal('torch._utils._rebuild_tensor_v2', (args) =>
  args.length >= 6 && args.length <= 7 && args[0] instanceof Storage
    ? tensorRecord(args, args[0].type.dtype, args[6])
    : undefined,
);

const rebuildTensorV3 = new PickleGlobal('torch._utils._rebuild_tensor_v3', (args) =>
  args.length >= 7 && args.length <= 8 && args[6] instanceof DTypeRecord
    ? tensorRecord(args, args[6].dtype, args[7])
    : undefined,
);

const tensorClasses = [new PickleGlobal('torch.Tensor'), new PickleGlobal('torch.nn.parameter.Parameter')];

/**
 * All that a checkpoint may name, and what it becomes. PyTorch's files have the globals of torch and collections; of
 * the others, training scripts save values beside the weights (the best AP as a number of numpy's, say), which are
 * made opaque. None of these can do anything in Python either.
 */
export const TORCH_GLOBALS: ReadonlyMap<string, PickleGlobal> = new Map(
  [
    ...STORAGE_TYPES,
    ...[...DTYPES.map(({ name }) => name), ...OTHER_DTYPES].map((name) => new DTypeRecord(name)),
    ...tensorClasses,
    rebuildTensor,
    rebuildTensorV2,
    rebuildTensorV3,
    ...['_rebuild_parameter', '_rebuild_parameter_with_state'].map(
      (name) => new PickleGlobal(`torch._utils.${name}`, ([data]) => (isTensor(data) ? data : undefined)),
    ),
    new PickleGlobal('torch._tensor._rebuild_from_type_v2', tensorWithAttributes),
    ...otherTensors('a sparse tensor', ['torch._utils._rebuild_sparse_tensor']),
    ...otherTensors('a quantized tensor', ['torch._utils._rebuild_qtensor']),
    ...otherTensors('a nested tensor', ['torch._utils._rebuild_nested_tensor']),
    ...otherTensors('a tensor without values (device meta)', ['torch._utils._rebuild_meta_tensor_no_storage']),
    ...otherTensors('a tensor of a device that is not known', [
      'torch._utils._rebuild_device_tensor_from_cpu_tensor',
      'torch._utils._rebuild_device_tensor_from_numpy',
      'torch._utils._rebuild_xla_tensor',
    ]),
    new PickleGlobal('torch.Size', ([sizes]) => (Array.isArray(sizes) ? sizes : undefined)),
    new PickleGlobal('collections.OrderedDict', orderedDict),
    ...['torch.device', 'torch.serialization._get_layout', 'collections.Counter', '_codecs.encode'].map(opaque),
    ...QUANTIZATION_SCHEMES.map((name) => opaque(`torch.${name}`)),
    ...['builtins', '__builtin__'].flatMap((module) =>
      ['set', 'frozenset', 'bytearray', 'complex'].map((name) => opaque(`${module}.${name}`)),
    ),
    ...['numpy.dtype', 'numpy.ndarray'].map(opaque),
    ...['numpy.core.multiarray', 'numpy._core.multiarray'].flatMap((module) =>
      ['scalar', '_reconstruct'].map((name) => opaque(`${module}.${name}`)),
    ),
  ].map((global) => [global.name, global]),
);

export function isTensor(value: PickleValue | undefined): value is TensorRecord | OtherTensor {
  return value instanceof TensorRecord || value instanceof OtherTensor;
}

function opaque(name: string): PickleGlobal {
  return new PickleGlobal(name, () => new Opaque(`a value of ${name}`));
}

function otherTensors(description: string, names: readonly string[]): PickleGlobal[] {
  return names.map((name) => new PickleGlobal(name, () => new OtherTensor(description)));
}

/** @param metadata  a dict, where `conj` or `neg` says that the values are meant with another sign */
function tensorRecord(
  [storage, offset, shape, strides]: readonly PickleValue[],
  dtype: string,
  metadata: PickleValue | undefined,
): PickleValue | undefined {
  if (!(storage instanceof Storage)) return undefined;
  if (metadata instanceof Map && metadata.size > 0) return new OtherTensor('a conjugate or negative view');
  return new TensorRecord(storage, dtype, offset, shape, strides);
}

/** (function, class, its arguments, attributes): how tensors with attributes of their own are saved. */
function tensorWithAttributes([rebuild, type, args]: readonly PickleValue[]): PickleValue | undefined {
  const known = [rebuildTensorV2, rebuildTensorV3].find((global) => global === rebuild);
  return tensorClasses.some((global) => global === type) && Array.isArray(args) ? known?.make(args) : undefined;
}

/** Empty, or from a list of pairs as Python 2 wrote it. */
function orderedDict([pairs = []]: readonly PickleValue[]): PickleValue | undefined {
  if (!Array.isArray(pairs)) return undefined;
  const dict = new Map<PickleValue, PickleValue>();
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2) return undefined;
    dict.set(pair[0], pair[1]);
  }
  return dict;
}
