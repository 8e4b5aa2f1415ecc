import { fromBase64nopad } from "../base/bytes.ts";
import { macStart, versionLine } from "./header.ts";

export interface Stanza {
  readonly type: string;
  readonly args: readonly string[];
  readonly body: Uint8Array;
}

export interface Header {
  readonly stanzas: readonly Stanza[];
  /** The bytes under the MAC. */
  readonly covered: Uint8Array;
  readonly mac: Uint8Array;
  /** All after the header: nonce and payload. */
  readonly rest: Uint8Array;
}

const macBytes = 32;
const bodyColumns = 64;

/** The header of any age v1 file, with stanzas of any type; null when malformed (c2sp.org/age, Header). */
export function readHeader(file: Uint8Array): Header | null {
  const lines = new Lines(file);
  if (`${lines.next() ?? ""}\n` !== versionLine) return null;
  const stanzas: Stanza[] = [];
  for (;;) {
    const start = lines.at;
    const line = lines.next();
    if (line === null) return null;
    if (!line.startsWith("-> ")) return stanzas.length === 0 ? null : finish(file, stanzas, start, line, lines.at);
    const stanza = readStanza(line, lines);
    if (stanza === null) return null;
    stanzas.push(stanza);
  }
}

function finish(
  file: Uint8Array,
  stanzas: readonly Stanza[],
  macLineAt: number,
  macLine: string,
  end: number,
): Header | null {
  if (!macLine.startsWith(macStart)) return null;
  const mac = fromBase64nopad(macLine.slice(macStart.length));
  if (mac === null || mac.length !== macBytes) return null;
  return { stanzas, mac, covered: file.subarray(0, macLineAt + macStart.length - 1), rest: file.subarray(end) };
}

function readStanza(firstLine: string, lines: Lines): Stanza | null {
  const [, type, ...args] = firstLine.split(" ");
  if (!type || args.some((arg) => arg === "")) return null;
  const body = readBody(lines);
  return body === null ? null : { type, args, body };
}

// Lines of 64 columns, then one that is shorter, perhaps empty.
function readBody(lines: Lines): Uint8Array | null {
  let text = "";
  for (;;) {
    const line = lines.next();
    if (line === null || line.length > bodyColumns || line.includes(" ")) return null;
    text += line;
    if (line.length < bodyColumns) return fromBase64nopad(text);
  }
}

const newline = 0x0a;
const space = 0x20;
const tilde = 0x7e;

/** Lines of printable ASCII. */
class Lines {
  at = 0;
  readonly #file: Uint8Array;

  constructor(file: Uint8Array) {
    this.#file = file;
  }

  /** The next line without its newline, or null when there is none or it holds anything but printable ASCII. */
  next(): string | null {
    const end = this.#file.indexOf(newline, this.at);
    if (end < 0) return null;
    const line = this.#file.subarray(this.at, end);
    if (line.some((byte) => byte < space || byte > tilde)) return null;
    this.at = end + 1;
    return ascii.decode(line);
  }
}

const ascii = new TextDecoder();
