/**
 * Brings what the other rooms use and browsers of this page may lack: `replaceAll` came with Chrome 85, and the page is
 * for Android WebView 80 on (web.md). Call it first.
 */
export function bringMethods(): void {
  if ("replaceAll" in String.prototype) return;
  // oxlint-disable-next-line eslint/no-extend-native -- the standard's own method, where a browser is older than it
  Object.defineProperty(String.prototype, "replaceAll", { value: replaceAll, writable: true, configurable: true });
}

function replaceAll(this: string, search: string, replacement: string): string {
  return this.split(search).join(replacement);
}
