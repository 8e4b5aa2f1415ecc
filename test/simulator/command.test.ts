import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { inboxCommand } from "../../src/simulator/command.ts";

test("the command is plain where it can be, and a shell reads back whatever a path holds", () => {
  expect(
    inboxCommand("http://127.0.0.1:8080", { identityFile: "/d/awa.age", passphraseFile: "/d/awa.passphrase" }),
  ).toBe("npx gundo inbox --url http://127.0.0.1:8080 --identity /d/awa.age --passphrase-file /d/awa.passphrase");
  const odd = { identityFile: "/my data/l'été $HOME `x`.age", passphraseFile: '/"p"/*;\\.passphrase' };
  const words = inboxCommand("http://x.example", odd).replace(/^npx gundo inbox/, "printf '%s\\n'");
  const read = execFileSync("sh", ["-c", words], { encoding: "utf8" }).split("\n");
  expect(read).toEqual([
    "--url",
    "http://x.example",
    "--identity",
    odd.identityFile,
    "--passphrase-file",
    odd.passphraseFile,
    "",
  ]);
});
