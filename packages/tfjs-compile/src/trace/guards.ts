import type { DataId, KernelBackend } from '@tensorflow/tfjs-core';
import type { CompileError } from '../compile-error';
import { callSite } from './call-site';
import type { ShapeBackend } from './shape-backend';

/** Notes down why a function cannot be traced. @returns what to throw */
type Refuse = (message: string) => CompileError;

/** A kernel may read what it needs. @returns what takes it back */
export function forbidReads(active: KernelBackend, isInKernel: () => boolean, refuse: Refuse): () => void {
  const { read, readSync } = active;
  const restore = ownMethods(active, ['read', 'readSync']);
  const refuseToRead = () =>
    refuse(
      `The function reads the values of a tensor, at ${callSite() ?? 'an unknown place'}. A graph runs without the ` +
        'program around it: return the tensor instead, and read it afterwards.',
    );
  active.readSync = (dataId) => {
    if (isInKernel()) return readSync.call(active, dataId);
    throw refuseToRead();
  };
  active.read = (dataId) => {
    if (isInKernel()) return read.call(active, dataId);
    refuseToRead();
    return new Promise(() => undefined); // what awaits it must not run on after the trace
  };
  return restore;
}

/** The engine counts references to any tensor's data at the active backend. @returns what takes it back */
export function countReferences(active: KernelBackend, uncomputed: ShapeBackend): () => void {
  const { incRef } = active;
  const restore = ownMethods(active, ['incRef']);
  active.incRef = (dataId: DataId) =>
    uncomputed.has(dataId) ? uncomputed.incRef(dataId) : incRef.call(active, dataId);
  return restore;
}

/** @returns what gives back the methods that an object has of its own now, or takes those that it gets */
function ownMethods<Name extends string>(object: Record<Name, unknown>, names: readonly Name[]): () => void {
  const own = names.map((name) => Object.getOwnPropertyDescriptor(object, name));
  return () =>
    names.forEach((name, i) => {
      Reflect.deleteProperty(object, name);
      if (own[i]) Object.defineProperty(object, name, own[i]);
    });
}

/** Without a seed of their own, TensorFlow.js' random tensors take one from Math.random. @returns what takes it back */
export function forbidRandomNumbers(refuse: Refuse): () => void {
  const { random } = Math;
  Math.random = () => {
    throw refuse(
      `The function draws random numbers, at ${callSite() ?? 'an unknown place'}. A graph would repeat the first ones: ` +
        'draw them outside and hand them in.',
    );
  };
  return () => void (Math.random = random);
}
