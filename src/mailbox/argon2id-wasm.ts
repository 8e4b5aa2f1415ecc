import plainWasm from "argon2id/dist/no-simd.wasm";
import simdWasm from "argon2id/dist/simd.wasm";
import setupWasm, { type computeHash } from "argon2id/lib/setup.js";
import { argon2idCost } from "./argon2id.ts";

interface Loaded {
  readonly compute: computeHash;
  readonly memory: WebAssembly.Memory;
}

// Its memory is 65 MiB by the module's own declaration, 20 of them ever touched: one is kept, not one a receipt. What is
// kept is the instance, never a promise: workerd lets no request wait for a promise of another.
let loaded: Loaded | null = null;

/** 32 bytes of Argon2id. Holds its thread while it computes: the page calls it in a worker. */
export async function argon2id(password: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  loaded ??= await load();
  const { memoryKiB: memorySize, passes, lanes: parallelism, tagBytes: tagLength } = argon2idCost;
  try {
    return loaded.compute({ password, salt, memorySize, passes, parallelism, tagLength });
  } finally {
    wipe(loaded.memory);
  }
}

async function load(): Promise<Loaded> {
  const memories: WebAssembly.Memory[] = [];
  const instantiate = async (
    wasm: WebAssembly.Module | Uint8Array<ArrayBuffer>,
    imports: WebAssembly.Imports,
  ): Promise<WebAssembly.WebAssemblyInstantiatedSource> => {
    memories.push(imports["env"]!["memory"] as WebAssembly.Memory);
    if (!(wasm instanceof WebAssembly.Module)) return await WebAssembly.instantiate(wasm, imports);
    return { module: wasm, instance: await WebAssembly.instantiate(wasm, imports) };
  };
  // Browsers before 2021 lack SIMD; the package then asks for the other module, with the same memory.
  const compute = await setupWasm(
    (imports) => instantiate(simdWasm, imports),
    (imports) => instantiate(plainWasm, imports),
  );
  return { compute, memory: memories[0]! };
}

// The package wipes its work space but not the blocks, and the tag is one hash away from the last of them. They lie
// behind less than 64 KiB of work space; what is above was never written, and to write there would only take up memory.
function wipe(memory: WebAssembly.Memory): void {
  new Uint8Array(memory.buffer, 0, (argon2idCost.memoryKiB + 64) * 1024).fill(0);
}
