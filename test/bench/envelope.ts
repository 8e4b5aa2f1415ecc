import {
  createCipheriv,
  createHmac,
  diffieHellman,
  encapsulate,
  generateKeyPairSync,
  hash,
  hkdfSync,
  type KeyObject,
} from "node:crypto";
import { systemChance } from "../../src/base/chance.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { newIdentity, recipientBytes, recipientOf } from "../../src/envelope/recipient.ts";
import { seal } from "../../src/envelope/seal.ts";
import { publicKeyOf } from "../../src/envelope/xwing-node.ts";

const readerCounts = [1, 2, 5, 20] as const;
const rounds = 15;
const stanzasARound = 100;

interface BareReader {
  readonly mlKem: KeyObject;
  readonly x25519: KeyObject;
}

const bytes32 = new Uint8Array(32);
const bytes12 = new Uint8Array(12);
const bytes16 = new Uint8Array(16);

function aead(plaintext: Uint8Array): void {
  const cipher = createCipheriv("chacha20-poly1305", bytes32, bytes12, { authTagLength: 16 });
  cipher.update(plaintext);
  cipher.final();
  cipher.getAuthTag();
}

// What RFC 9180, X-Wing and age ask of the library for these readers, and nothing else.
function bare(readers: readonly BareReader[], plain: Uint8Array, header: Uint8Array): void {
  for (const reader of readers) {
    encapsulate(reader.mlKem);
    const ephemeral = generateKeyPairSync("x25519");
    ephemeral.publicKey.export({ format: "raw-public" });
    diffieHellman({ privateKey: ephemeral.privateKey, publicKey: reader.x25519 });
    hash("sha3-256", header.subarray(0, 134), "buffer");
    hkdfSync("sha256", bytes32, bytes32, header.subarray(0, 92), 32);
    hkdfSync("sha256", bytes32, bytes32, header.subarray(0, 99), 12);
    aead(bytes16);
  }
  hkdfSync("sha256", bytes16, "", "header", 32);
  createHmac("sha256", bytes32).update(header).digest();
  hkdfSync("sha256", bytes16, bytes16, "payload", 32);
  aead(plain);
}

function cpuMicroseconds(act: () => void, times: number): number {
  const before = process.cpuUsage();
  for (let time = 0; time < times; time++) act();
  const used = process.cpuUsage(before);
  return (used.user + used.system) / times;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/**
 * CPU of sealing one report of the first class on Node beside the bare primitives for as many readers, in rounds that
 * take turns; medians.
 */
export async function envelopeBench(): Promise<readonly string[]> {
  const recipients = Array.from({ length: 20 }, () => recipientOf(newIdentity(systemChance)));
  const bareReaders = recipients.map((recipient) => {
    const bytes = recipientBytes(recipient);
    return {
      mlKem: publicKeyOf("ml-kem-768", bytes.subarray(0, 1184)),
      x25519: publicKeyOf("x25519", bytes.subarray(1184)),
    };
  });
  const plain = encodeFrame({ kind: "report", body: systemChance.bytes(4000) });
  const lines: string[] = [];
  for (const count of readerCounts) {
    const readers = recipients.slice(0, count);
    const header = new Uint8Array(22 + 1557 * count + 3);
    const times = Math.ceil(stanzasARound / count);
    const sealing: number[] = [];
    const primitives: number[] = [];
    for (let round = 0; round < rounds; round++) {
      primitives.push(cpuMicroseconds(() => bare(bareReaders.slice(0, count), plain, header), times));
      sealing.push(cpuMicroseconds(() => void seal(readers, plain, systemChance), times));
    }
    const ratio = median(sealing) / median(primitives);
    lines.push(
      `seal 8192 B to ${count} readers: ${Math.round(median(sealing))} us CPU, bare primitives ${Math.round(median(primitives))} us, ratio ${ratio.toFixed(2)}`,
    );
  }
  return await Promise.resolve(lines);
}
