/** The text kernels of one job memory: WASM SIMD where the machine has it, JavaScript with equal results elsewhere. */
import type { JobMemory } from '../../columnar/job-memory.ts';
import type { TextKernels } from './kernels.ts';
import { scanModuleBytes } from './scan-module.ts';
import { createScriptKernels } from './script-kernels.ts';

const modules = new Map<boolean, WebAssembly.Module>();
const kernelsOfMemory = new WeakMap<JobMemory, TextKernels>();

/** Kernels bound to `memory`; made once per memory. */
export function textKernels(memory: JobMemory): TextKernels {
  let kernels = kernelsOfMemory.get(memory);
  if (kernels === undefined) {
    kernels = createSimdKernels(memory) ?? createScriptKernels(memory);
    kernelsOfMemory.set(memory, kernels);
  }
  return kernels;
}

/** Null where the machine's WebAssembly has no SIMD. */
export function createSimdKernels(memory: JobMemory): TextKernels | null {
  const shared = !(memory.memory.buffer instanceof ArrayBuffer);
  let module = modules.get(shared);
  if (module === undefined) {
    const bytes = scanModuleBytes(shared);
    if (!WebAssembly.validate(bytes)) return null;
    module = new WebAssembly.Module(bytes);
    modules.set(shared, module);
  }
  const { exports } = new WebAssembly.Instance(module, { env: { memory: memory.memory } });
  return {
    scan: exports.scan as TextKernels['scan'],
    copyText: exports.copyText as TextKernels['copyText'],
    fillBytes: exports.fillBytes as TextKernels['fillBytes'],
    hasZero: exports.hasZero as TextKernels['hasZero'],
    simd: true,
  };
}
