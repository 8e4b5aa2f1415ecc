import { expect, test } from "vitest";
import { signInMessage } from "../../src/roster/signin.ts";

test("five lines, the first of which makes the signature good for nothing else", () => {
  const nonce = new Uint8Array(16).fill(0xff);
  const message = signInMessage({ instance: "test-line", origin: "https://tips.example", reviewer: "r1", nonce });
  expect(new TextDecoder().decode(message)).toBe(
    "gundo/signin/v1\ntest-line\nhttps://tips.example\nr1\n_____________________w\n",
  );
});
