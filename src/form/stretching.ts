/** The shortest module there is (WebAssembly core specification, §5.5.16): its mark and its version. */
const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

/**
 * Whether numbers can be made and read here, which takes WebAssembly: Tor Browser at "safer" runs none. Asked in the worker,
 * which does it (Chromium 80 refuses it to our pages, and not to their workers), and before anything is pressed, so that
 * nobody learns of it afterwards.
 */
export function canStretch(): boolean {
  try {
    return WebAssembly.Module.exports(new WebAssembly.Module(empty)).length === 0;
  } catch {
    return false;
  }
}
