import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { systemChance } from "../../../src/base/chance.ts";
import { announcedKeys, dropPrevious, rotateOprfKey } from "../../../src/cli/home/rotation.ts";
import { homeSecrets } from "../../../src/cli/home/secrets.ts";
import { namePrevious, settingsText } from "../../../src/cli/home/settings.ts";
import type { ServerKeys } from "../../../src/roster/ceremony/server.ts";
import type { RosterBody } from "../../../src/roster/roster.ts";
import { HandClock, testBoard } from "../../support/board.ts";

const { body } = testBoard(new HandClock());
let home: string;
let server: ServerKeys;

const file = (name: string): string => join(home, "secrets", name);
const bytes = (name: string): Buffer => readFileSync(file(name));
const naming = (current: Uint8Array): RosterBody => ({ ...body, oprf: { current, previous: null } });
const rotate = (roster: RosterBody | null): string => rotateOprfKey(home, roster, systemChance);

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "gundo-rotation-"));
  server = homeSecrets(home, systemChance);
});

test("the next key waits beside the one in force until a published roster names it", () => {
  const former = bytes("OPRF_KEY");
  expect(rotate(naming(server.oprf))).toBe("begun");
  const next = bytes("OPRF_KEY_NEXT");
  const announced = announcedKeys(home, server);
  expect(announced).toMatchObject({ relay: server.relay, checkpoint: server.checkpoint });
  expect(announced.oprf).not.toEqual(server.oprf);
  for (const roster of [null, naming(server.oprf)]) expect(rotate(roster)).toBe("waiting");
  expect([bytes("OPRF_KEY"), bytes("OPRF_KEY_NEXT")]).toEqual([former, next]);
  expect(homeSecrets(home, systemChance)).toEqual(server);
  expect(rotate(naming(announced.oprf))).toBe("switched");
  expect([bytes("OPRF_KEY"), bytes("OPRF_KEY_PREVIOUS")]).toEqual([next, former]);
  expect(homeSecrets(home, systemChance).oprf).toEqual(announced.oprf);
  expect(existsSync(file("OPRF_KEY_NEXT"))).toBe(false);
  expect(announcedKeys(home, server)).toEqual(server);
});

test("cut short anywhere, the change is finished by the same step, and no key is lost", () => {
  const former = bytes("OPRF_KEY");
  rotate(null);
  const next = bytes("OPRF_KEY_NEXT");
  const roster = naming(announcedKeys(home, server).oprf);
  const left = [
    { OPRF_KEY: former, OPRF_KEY_PREVIOUS: former },
    { OPRF_KEY: next, OPRF_KEY_PREVIOUS: former },
  ];
  for (const files of left) {
    for (const [name, content] of Object.entries({ ...files, OPRF_KEY_NEXT: next })) writeFileSync(file(name), content);
    expect(rotate(roster)).toBe("switched");
    expect([bytes("OPRF_KEY"), bytes("OPRF_KEY_PREVIOUS")]).toEqual([next, former]);
  }
});

test("what is no key is neither put in force nor thrown away", () => {
  writeFileSync(file("OPRF_KEY_NEXT"), "AAAA\n");
  expect(() => rotate(null)).toThrow("secret.malformed");
  writeFileSync(file("OPRF_KEY"), "AAAA\n");
  expect(() => homeSecrets(home, systemChance)).toThrow("secret.malformed");
});

test("gundo.env names the former key's file as long as there is one, and keeps what else stands in it", () => {
  const settings = { home, keys: "/etc/gundo/keys", origin: "https://gundo.example" };
  const env = join(home, "gundo.env");
  namePrevious(home);
  expect(existsSync(env)).toBe(false);
  const before = `${settingsText(settings)}DATABASE_URL_FILE='/etc/gundo/database'\n`;
  writeFileSync(env, before);
  rotate(null);
  rotate(naming(announcedKeys(home, server).oprf));
  for (let times = 0; times < 2; times++) namePrevious(home);
  const line = `OPRF_KEY_PREVIOUS_FILE='${file("OPRF_KEY_PREVIOUS")}'\n`;
  expect(readFileSync(env, "utf8")).toBe(before + line);
  expect(settingsText(settings)).toContain(line);
  dropPrevious(home);
  dropPrevious(home);
  namePrevious(home);
  expect(readFileSync(env, "utf8")).toBe(before);
  expect(settingsText(settings)).not.toContain("PREVIOUS");
});
