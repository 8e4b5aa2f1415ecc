import { createHash, createPrivateKey, sign as nodeSign } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { base64url, concat, hex, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import type { UnixHour } from "../../src/base/clock.ts";
import { codeOf } from "../../src/base/fault.ts";
import { signCheckpoint, verifyCheckpoint } from "../../src/envelope/audit-checkpoint.ts";
import { auditRowJson, parseAuditRow } from "../../src/envelope/audit-text.ts";
import { verifyAudit, type AuditWitness } from "../../src/envelope/audit-verify.ts";
import {
  auditObject,
  emptyAudit,
  isSignedAct,
  rowAfter,
  rowHash,
  signAct,
  type AuditAct,
  type AuditRow,
} from "../../src/envelope/audit.ts";
import { signNote } from "../../src/envelope/note-sign.ts";
import { testPerson, type TestPerson } from "../support/board.ts";

const instance = "test-line";
const people = ["r1", "r2"].map(testPerson);
const witness: AuditWitness = {
  instance,
  keysOf: (reviewer) => people.filter(({ id }) => id === reviewer).map(({ verifier }) => verifier.publicKey),
  checkpoints: [],
};

function actOf(person: TestPerson | null): AuditAct {
  const object = auditObject(systemChance.bytes(32), systemChance.bytes(16));
  if (person === null) return { actor: null, action: "daySwept", object, signature: null };
  const act = { instance, reviewer: person.id, action: "caseEvent", object } as const;
  return { actor: person.id, action: act.action, object, signature: signAct(person.signing, act) };
}

function audit(acts: readonly AuditAct[]): readonly AuditRow[] {
  const rows: AuditRow[] = [];
  for (const act of acts) rows.push(rowAfter(rows.at(-1) ?? emptyAudit, act, (480_000 + rows.length) as UnixHour));
  return rows;
}

const honest = audit([people[0]!, null, people[1]!, people[0]!, null, people[1]!, people[1]!].map(actOf));
const rehashed = (row: AuditRow): AuditRow => ({ ...row, hash: rowHash(row) });
const placeOf = fc.integer({ min: 0, max: honest.length - 1 });

test("an honest audit verifies from its first row to its last, an empty one too", () => {
  const last = honest.at(-1)!;
  expect(verifyAudit(honest, witness)).toEqual({ ok: true, head: { seq: last.seq, hash: last.hash } });
  expect(verifyAudit([], witness)).toEqual({ ok: true, head: emptyAudit });
});

test("the hash is SHA-256 over the fields, a line each, as any other program computes it", () => {
  for (const row of honest) {
    const signature = row.signature === null ? "-" : Buffer.from(row.signature).toString("base64url");
    const fields = [row.seq, hex(row.previous), row.hour, row.actor ?? "-", row.action, hex(row.object), signature];
    const text = `gundo/audit-row/v1\n${fields.join("\n")}\n`;
    expect(hex(row.hash)).toBe(createHash("sha256").update(text).digest("hex"));
  }
});

test("a reviewer's signature is Ed25519 over a line each, as node:crypto signs it", () => {
  const person = people[0]!;
  const object = systemChance.bytes(32);
  const pkcs8 = concat(Buffer.from("302e020100300506032b657004220420", "hex"), person.signing.reveal());
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  const text = `gundo/audit-act/v1\n${instance}\nr1\nsignIn\n${hex(object)}\n`;
  const act = { instance, reviewer: "r1", action: "signIn", object } as const;
  expect(base64url(signAct(person.signing, act))).toBe(nodeSign(null, utf8(text), key).toString("base64url"));
  expect(isSignedAct(person.verifier.publicKey, act, signAct(person.signing, act))).toBe(true);
  for (const other of [{ instance: "other" }, { reviewer: "r2" }, { action: "caseEvent" }, { object: emptyAudit.hash }])
    expect(
      isSignedAct(person.verifier.publicKey, { ...act, ...other } as typeof act, signAct(person.signing, act)),
    ).toBe(false);
});

/** Each field of a row as somebody might change it. */
const edits: readonly ((row: AuditRow) => AuditRow)[] = [
  (row) => ({ ...row, seq: row.seq + 1 }),
  (row) => ({ ...row, previous: systemChance.bytes(32) }),
  (row) => ({ ...row, hour: (row.hour + 1) as UnixHour }),
  (row) => ({ ...row, actor: row.actor === "r1" ? "r2" : "r1" }) as AuditRow,
  (row) => ({ ...row, action: row.action === "caseEvent" ? "signIn" : "caseEvent" }) as AuditRow,
  (row) => ({ ...row, object: systemChance.bytes(32) }),
  (row) => ({ ...row, signature: systemChance.bytes(64) }) as AuditRow,
  (row) => ({ ...row, hash: systemChance.bytes(32) }),
];

test("any edit of any field is named at its row", () => {
  fc.assert(
    fc.property(placeOf, fc.constantFrom(...edits), (place: number, edit: (row: AuditRow) => AuditRow) => {
      const rows = honest.with(place, edit(honest[place]!));
      expect(verifyAudit(rows, witness)).toMatchObject({ ok: false, seq: place + 1 });
    }),
  );
});

test("an edit with its hash made to fit is named at its row or, where only the core vouches for it, at the next", () => {
  fc.assert(
    fc.property(placeOf, fc.constantFrom(...edits.slice(0, -1)), (place: number, edit: (row: AuditRow) => AuditRow) => {
      const rows = honest.with(place, rehashed(edit(honest[place]!)));
      const verdict = verifyAudit(rows, { ...witness, checkpoints: [honest.at(-1)!] });
      expect(verdict.ok).toBe(false);
      if (!verdict.ok) expect([place + 1, place + 2]).toContain(verdict.seq);
    }),
  );
});

test("a deletion is named where a row is missing; at the end, by a checkpoint", () => {
  fc.assert(
    fc.property(placeOf, (place: number) => {
      const verdict = verifyAudit(honest.toSpliced(place, 1), { ...witness, checkpoints: [honest.at(-1)!] });
      const flaw = place === honest.length - 1 ? "truncated" : "seq";
      expect(verdict).toEqual({ ok: false, seq: place + 1, flaw });
    }),
  );
});

test("an insertion is named at its place, whether new, copied, or renumbered", () => {
  fc.assert(
    fc.property(placeOf, placeOf, (place: number, from: number) => {
      const before = honest[place - 1] ?? emptyAudit;
      const copied = rowAfter(before, honest[from]!, honest[from]!.hour);
      for (const row of [honest[from]!, copied]) {
        const verdict = verifyAudit(honest.toSpliced(place, 0, row), witness);
        expect(verdict.ok).toBe(false);
        if (!verdict.ok) expect([place + 1, place + 2]).toContain(verdict.seq);
      }
    }),
  );
});

test("a signed act shown a second time is named, though every hash fits", () => {
  const again = audit([...honest, honest[3]!]);
  expect(verifyAudit(again, witness)).toEqual({ ok: false, seq: honest.length + 1, flaw: "repeated" });
});

test("two rows that change places are named at the first of them", () => {
  fc.assert(
    fc.property(placeOf, placeOf, (a: number, b: number) => {
      fc.pre(a !== b);
      const rows = honest.with(a, honest[b]!).with(b, honest[a]!);
      expect(verifyAudit(rows, witness)).toMatchObject({ ok: false, seq: Math.min(a, b) + 1, flaw: "seq" });
    }),
  );
});

test("whatever is cut off the end contradicts every checkpoint past the cut, and none before", () => {
  const any = fc.integer({ min: 0, max: honest.length });
  fc.assert(
    fc.property(any, any, (length: number, kept: number) => {
      const checkpoints = kept === 0 ? [] : [honest[kept - 1]!];
      const verdict = verifyAudit(honest.slice(0, length), { ...witness, checkpoints });
      if (kept <= length) expect(verdict).toMatchObject({ ok: true });
      else expect(verdict).toEqual({ ok: false, seq: length + 1, flaw: "truncated" });
    }),
  );
});

test("an audit that shrank is named by two checkpoints alone, though every row is there", () => {
  const later = { ...honest[2]!, hour: (honest.at(-1)!.hour + 1) as UnixHour };
  const verdict = verifyAudit(honest, { ...witness, checkpoints: [later, honest.at(-1)!] });
  expect(verdict).toEqual({ ok: false, seq: 4, flaw: "truncated" });
});

test("a history written anew from any row on contradicts a checkpoint from after it", () => {
  fc.assert(
    fc.property(placeOf, placeOf, (from: number, kept: number) => {
      const rewritten = audit([...honest.slice(0, from), ...honest.slice(from).map(() => actOf(null))]);
      const verdict = verifyAudit(rewritten, { ...witness, checkpoints: [honest[kept]!] });
      if (kept < from) expect(verdict).toMatchObject({ ok: true });
      else expect(verdict).toEqual({ ok: false, seq: kept + 1, flaw: "checkpoint" });
    }),
  );
});

test("the core cannot speak for a reviewer, nor a reviewer for the core, nor one unknown for anybody", () => {
  const act = actOf(people[0]!);
  const flawed = (bent: object) => verifyAudit(audit([{ ...act, ...bent }]), witness);
  expect(flawed({ actor: "r2" })).toMatchObject({ flaw: "signature" });
  expect(flawed({ actor: "r9" })).toMatchObject({ flaw: "actor" });
  expect(flawed({ action: "daySwept" })).toMatchObject({ flaw: "actor" });
  expect(flawed({ actor: null })).toMatchObject({ flaw: "actor" });
  expect(flawed({ actor: null, signature: null })).toMatchObject({ flaw: "actor" });
  expect(verifyAudit(honest, { ...witness, instance: "other-line" })).toMatchObject({ seq: 1, flaw: "signature" });
});

test("a reviewer's signature and the core's row do not fit each other's types", () => {
  const object = emptyAudit.hash;
  // @ts-expect-error A reviewer's act is signed.
  const unsigned: AuditAct = { actor: "r1", action: "signIn", object, signature: null };
  // @ts-expect-error The core does not sign in.
  const core: AuditAct = { actor: null, action: "signIn", object, signature: null };
  for (const act of [unsigned, core]) expect(verifyAudit(audit([act]), witness)).toMatchObject({ ok: false });
});

test("a row reads back from its JSON, and anything a row is not is null", () => {
  for (const row of honest) {
    const json = auditRowJson(row);
    expect(parseAuditRow(JSON.parse(JSON.stringify(json)))).toEqual(row);
    for (const name of Object.keys(json)) {
      expect(parseAuditRow({ ...json, [name]: undefined })).toBeNull();
      expect(parseAuditRow({ ...json, [name]: "AAAA" })).toBeNull();
      expect(parseAuditRow(Object.fromEntries(Object.entries(json).filter(([key]) => key !== name)))).toBeNull();
    }
    expect(parseAuditRow({ ...json, more: 1 })).toBeNull();
    expect(parseAuditRow({ ...json, seq: 0 })).toBeNull();
    expect(parseAuditRow({ ...json, actor: row.actor === null ? "r1" : null })).toBeNull();
  }
  for (const value of [null, [], "row", 7]) expect(parseAuditRow(value)).toBeNull();
});

test("a checkpoint says again what was signed; another's, another instance's or another kind's is refused", () => {
  const core = testPerson("core");
  const checkpoint = { instance, seq: 7, hash: honest.at(-1)!.hash, hour: 480_007 as UnixHour };
  const note = signCheckpoint(checkpoint, "core", core.signing);
  const read = (bytes: Uint8Array, verifiers = [core.verifier], expected = instance) => {
    try {
      return verifyCheckpoint(bytes, expected, verifiers);
    } catch (error) {
      return codeOf(error);
    }
  };
  expect(read(note)).toEqual(checkpoint);
  expect(read(note, [testPerson("core").verifier])).toBe("note.signature");
  expect(read(note, [core.verifier], "other-line")).toBe("note.signature");
  const text = `gundo/audit/v1\n${instance}\n7\n${hex(checkpoint.hash)}\n480007\n`;
  const bent = [
    text.replace("audit/v1", "roster/v1"),
    text.replace("\n7\n", "\n07\n"),
    text.replace("\n7\n", "\n-7\n"),
    `${text}more\n`,
    `${text}\n`,
    text.replace(hex(checkpoint.hash), "00"),
    "gundo/audit/v1\n",
  ];
  for (const other of bent) expect(read(signNote(other, "core", core.signing))).toBe("note.malformed");
  expect(read(signNote(text, "core", core.signing))).toEqual(checkpoint);
});
