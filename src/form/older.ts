import { fromUtf8, utf8 } from "../base/bytes.ts";

type Method = (this: string, ...given: never[]) => unknown;

/**
 * Brings what the other rooms use and browsers of this page may lack: `replaceAll` came with Chrome 85, `isWellFormed`
 * with Chrome 111 and Firefox 119; the page is for Android WebView 80 and Firefox 115 on (web.md). Call it first.
 */
export function bringMethods(): void {
  bring("replaceAll", function replaceAll(this: string, search: string, replacement: string): string {
    return this.split(search).join(replacement);
  });
  bring("isWellFormed", function isWellFormed(this: string): boolean {
    // Encoding turns a lone surrogate into U+FFFD (WHATWG Encoding), and then the text is another one.
    return fromUtf8(utf8(this)) === this;
  });
}

function bring(name: "replaceAll" | "isWellFormed", method: Method): void {
  if (name in String.prototype) return;
  // oxlint-disable-next-line eslint/no-extend-native -- the standard's own methods, where a browser is older than they
  Object.defineProperty(String.prototype, name, { value: method, writable: true, configurable: true });
}
