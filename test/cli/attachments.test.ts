import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Door, PartId, Sealed } from "../../src/base/brand.ts";
import { base64url, concat, hex, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import type { UnixHour } from "../../src/base/clock.ts";
import { codeOf, Fault } from "../../src/base/fault.ts";
import { savedOf } from "../../src/cli/attachments.ts";
import { openedJson, openedLines } from "../../src/cli/reports.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import type { Attachment, Report } from "../../src/envelope/report.ts";
import { attachmentOf } from "../support/parts.ts";

/** A server's table of parts in memory, and a report that names what was put there. */
function sent(...files: readonly (readonly [Uint8Array, string])[]) {
  const table = new Map<string, Sealed>();
  const attachments = files.map(([file, type]): Attachment => {
    const { sealed, attachment } = attachmentOf(file, type);
    const parts = sealed.map((part) => {
      const id = base64url(systemChance.bytes(16));
      table.set(id, part);
      return id;
    });
    return { ...attachment, parts };
  });
  const part = async (id: PartId): Promise<Sealed> => {
    const found = table.get(id);
    if (found === undefined) throw new Fault("attachment.gone");
    return found;
  };
  const report: Report = {
    channel: "web",
    language: "fr",
    text: "x",
    answers: {},
    receivedHour: 1 as UnixHour,
    exclude: [],
    door: systemChance.bytes(16) as Uint8Array as Door,
    attachments,
  };
  const opened = { kind: "report", report } as const;
  return { table, report, opened, saving: { client: { part }, decapsulator: nodeDecapsulator } };
}

const directory = (): string => join(mkdtempSync(join(tmpdir(), "gundo-attachments-")), "files");
const name = (file: Uint8Array): string => hex(sha256(file).subarray(0, 8));

test("each file is written under its digest, for its owner alone, whatever its sender calls it; a second run changes nothing", async () => {
  const photo = concat(Uint8Array.of(0xff, 0xd8, 0xff), systemChance.bytes(300_000));
  const script = utf8("#!/bin/sh\nrm -rf ~\n");
  const { opened, saving } = sent([photo, "text/html"], [script, "application/x-sh"], [script, "../../.bashrc"]);
  const to = directory();
  const saved = await savedOf(opened, saving, to);
  const paths = [`${name(photo)}.jpg`, `${name(script)}.bin`, `${name(script)}.bin`].map((file) => join(to, file));
  expect(saved).toEqual(paths.map((file) => ({ file })));
  expect(readdirSync(to)).toHaveLength(2);
  expect(new Uint8Array(readFileSync(paths[0]!))).toEqual(photo);
  for (const path of paths) expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(await savedOf(opened, saving, to)).toEqual(saved);
  expect(openedJson(opened, saved)["attachments"]).toEqual([
    { size: photo.length, type: "text/html", file: paths[0] },
    { size: script.length, type: "application/x-sh", file: paths[1] },
    { size: script.length, type: "../../.bashrc", file: paths[2] },
  ]);
});

test("a file whose parts are gone, another's, or not those of the report is refused by name, and the others are written", async () => {
  const files = [1, 2, 3, 4].map((seed) => new Uint8Array(40).fill(seed));
  const { opened, report, saving, table } = sent(...files.map((file) => [file, "application/pdf"] as const));
  const [first, second, third] = report.attachments.map(({ parts }) => parts[0]!);
  table.delete(first!);
  table.set(second!, table.get(third!)!);
  const odd = { ...report.attachments[2]!, parts: ["../../etc/passwd"] };
  const bent = { ...opened, report: { ...report, attachments: report.attachments.with(2, odd) } };
  const to = directory();
  const saved = await savedOf(bent, saving, to);
  expect(saved).toEqual([
    { refused: "attachment.gone" },
    { refused: "envelope.unopenable" },
    { refused: "attachment.damaged" },
    { file: join(to, `${name(files[3]!)}.pdf`) },
  ]);
  expect(readdirSync(to)).toHaveLength(1);
  const lines = openedLines("id", "day", bent, saved).join("\n");
  expect(lines).toContain(
    "attachment: application/pdf, 40 bytes, not written: the server has a part of this file no more",
  );
});

test("nothing is fetched unless it is asked for, nothing is written over, and a type steers no terminal", async () => {
  const file = new Uint8Array(9);
  const { opened, report, saving } = sent([file, "audio/\u202egnp"]);
  expect(await savedOf(opened, { ...saving, client: { part: () => expect.fail("fetched") } }, undefined)).toEqual([]);
  const to = directory();
  await savedOf(opened, saving, to);
  writeFileSync(join(to, `${name(file)}.bin`), "somebody's own");
  expect(await savedOf(opened, saving, to).catch(codeOf)).toBe("cli.file");
  expect(openedLines("id", "day", { kind: "report", report }).join("\n")).toContain("attachment: audio/�gnp, 9 bytes");
  const away = { part: () => Promise.reject(new Fault("cli.unreachable")) };
  expect(await savedOf(opened, { ...saving, client: away }, to).catch(codeOf)).toBe("cli.unreachable");
});
