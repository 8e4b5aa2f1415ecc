import { argon2 } from "node:crypto";
import { argon2idCost } from "./argon2id.ts";

/** 32 bytes of Argon2id. Works in the thread pool, so that no turn of a USSD session waits for another's receipt. */
export function argon2id(password: Uint8Array, salt: Uint8Array): Promise<Uint8Array> {
  const { memoryKiB: memory, passes, lanes: parallelism, tagBytes: tagLength } = argon2idCost;
  return new Promise((resolve, reject) => {
    argon2("argon2id", { message: password, nonce: salt, memory, passes, parallelism, tagLength }, (error, tag) => {
      if (error !== null) reject(error);
      else resolve(new Uint8Array(tag.buffer, tag.byteOffset, tag.length));
    });
  });
}
