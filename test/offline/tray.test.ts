import { expect, test } from "vitest";
import { utf8 } from "../../src/base/bytes.ts";
import { Tray } from "../../src/offline/tray.ts";
import { Typed } from "../../src/offline/typed.ts";
import { codeOf } from "../../src/base/fault.ts";

test("the same bytes lie on the table once, files of one name that differ both, and nothing made is lost unsaid", () => {
  const tray = new Tray();
  const one = tray.add("a.json", utf8("one"));
  expect(tray.add("b.json", utf8("one"))).toBe(one);
  const two = tray.add("a.json", utf8("two"));
  expect(tray.files.map(({ key }) => key)).toEqual([one.key, two.key]);
  const made = tray.addMade("roster.draft", utf8("three"), one.key);
  expect(tray.files.map(({ name, unsaved }) => [name, unsaved])).toEqual([
    ["a.json", false],
    ["roster.draft", true],
  ]);
  tray.saved(made.key);
  expect(tray.files.some(({ unsaved }) => unsaved)).toBe(false);
  tray.remove(made.key);
  expect(tray.files).toHaveLength(1);
});

test("what is typed outlives the page being drawn again; secrets go when a step is done, a step's fields with it", () => {
  const typed = new Typed();
  expect(typed.begin("admit.languages", "fr")).toBe("fr");
  typed.set("admit.languages", " fr, bm;ff ");
  expect(typed.begin("admit.languages", "fr")).toBe(" fr, bm;ff ");
  expect(typed.list("admit.languages")).toEqual(["fr", "bm", "ff"]);
  typed.setSecret("sign.passphrase", "quatre mots et un fleuve");
  typed.set("sign.anchors", "1");
  typed.forgetSecrets();
  expect([typed.text("sign.passphrase"), typed.text("sign.anchors")]).toEqual(["", "1"]);
  typed.forget("admit.");
  expect(typed.text("admit.languages")).toBe("");
  typed.set("blank", "   ");
  for (const act of [() => typed.needed("blank"), () => typed.file("sign.anchors", new Tray(), "anchors")])
    expect(codeIn(act)).toBe("ceremony.incomplete");
});

function codeIn(act: () => unknown): string {
  try {
    act();
    return "done";
  } catch (error) {
    return codeOf(error);
  }
}
