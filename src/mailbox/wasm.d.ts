/** workerd hands over a compiled module (it forbids compiling); a bundle for browsers carries the bytes. */
declare module "*.wasm" {
  const wasm: WebAssembly.Module | Uint8Array<ArrayBuffer>;
  export default wasm;
}
