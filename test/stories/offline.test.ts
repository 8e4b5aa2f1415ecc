import { Decrypter } from "age-encryption";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { equal } from "../../src/base/bytes.ts";
import { recipientOf } from "../../src/envelope/recipient.ts";
import { axeOn, keptFields, startBrowser, type Visit, type VisitOptions } from "../support/browser.ts";
import { quicken } from "../support/identity.ts";
import { Hands, openOffline, writeOffline } from "../support/offline.ts";
import { Production } from "../support/production.ts";
import { exampleInstance } from "../support/runbook.ts";
import { temporaryHome, until } from "../support/store.ts";
import { runGundo } from "../support/terminal.ts";

const origin = "https://gundo.example";
const screens = join(import.meta.dirname, "../screens");
let browser: Browser;
let directory: string;
let production: Production;
const fingerprints = new Map<string, string>();

const path = (...names: readonly string[]): string => join(directory, ...names);
const passphraseOf = (id: string): string => `le mot de passe de ${id}`;
const opened = (options: VisitOptions = {}): Promise<Visit> => openOffline(browser, path("usb/gundo.html"), options);

beforeAll(async () => {
  directory = await temporaryHome();
  [browser, production] = await Promise.all([
    startBrowser(),
    Production.at(directory, "mali-1", origin),
    writeOffline(path("usb/gundo.html")),
  ]);
  mkdirSync(path("server-keys"));
  await runGundo("init", "--home", path("home"), "--keys", path("server-keys"), "--origin", origin);
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await Promise.all([browser.close(), production.stop()]);
});

/** Nothing was asked for but the file itself, and the browser had nothing to say, about the policy either. */
function expectSilent({ asked, said }: Visit): void {
  expect(asked.filter((address) => !address.startsWith("blob:"))).toEqual([`file://${path("usb/gundo.html")}`]);
  expect(said).toEqual([]);
}

async function keysByPage(id: string): Promise<void> {
  await using visitor = await opened();
  const hands = new Hands(visitor.page);
  const passphrase = passphraseOf(id);
  await hands.write({ "keys.id": id, "keys.passphrase": passphrase, "keys.passphrase-again": passphrase });
  expect(await hands.press()).toContain(`Les clés de ${id} sont faites`);
  fingerprints.set(id, await hands.digits());
  await hands.save(`${id}.age`, path(`${id}.age`));
  await hands.save(`${id}.json`, path(`${id}.json`));
  expectSilent(visitor);
}

async function keysByTerminal(id: string): Promise<void> {
  const files = ["--passphrase-file", path(`${id}.passphrase`), "--out", path(`${id}.age`)];
  const { out } = await runGundo("keys", "new", "--id", id, ...files, "--request", path(`${id}.json`));
  fingerprints.set(id, /\d{4}( \d{4}){5}/.exec(out)![0]);
}

const quickenOf = (id: string): Promise<void> =>
  quicken({ identityFile: path(`${id}.age`), passphrase: passphraseOf(id) });

/** A member signs in the page, on a machine of their own. */
async function signByPage(id: string, papers: readonly string[], name: string): Promise<string> {
  await using visitor = await opened();
  const hands = new Hands(visitor.page);
  await hands.lay(path("keys/anchors.json"), path(`${id}.age`), ...papers);
  await hands.choose("sign");
  const shown = await visitor.page.locator(".changes").innerText();
  await hands.write({ "sign.passphrase": passphraseOf(id) });
  await visitor.page.locator(".tick input").check();
  expect(await hands.press()).toContain(`Signé par ${id}.`);
  await hands.save(name, path(name));
  expectSilent(visitor);
  return shown;
}

function signByTerminal(id: string, note: string) {
  const opening = ["--identity", path(`${id}.age`), "--passphrase-file", path(`${id}.passphrase`)];
  const place = ["--keys", path("keys"), "--draft", path("roster.draft")];
  return runGundo("roster", "sign", ...opening, ...place, "--out", path(note));
}

async function publish(note: string): Promise<string> {
  for (const keys of ["server-keys", "keys"])
    expect(await runGundo("roster", "publish", "--note", path(note), "--keys", path(keys))).toMatchObject({ code: 0 });
  const shown = await runGundo("roster", "verify", "--keys", path("keys"), "--json");
  return (JSON.parse(shown.out) as { fingerprint: string }).fingerprint;
}

const admission = (id: string, name: string, organisation: string): Record<string, string> => ({
  "admit.spoken": fingerprints.get(id)!,
  "admit.name": name,
  "admit.organisation": organisation,
  "admit.short": organisation.split(" ").at(-1)!,
});

const first = "Le premier rapport, avant le départ de Boubacar";
const second = "Le second rapport, après son départ";

describe("the ceremony by the offline file, a terminal here and there", { timeout: 300_000 }, () => {
  test("keys: those made in the page open in the terminal and in stock age", async () => {
    const people = ["board-1", "board-2", "board-3", "awa", "boubacar", "chata"];
    for (const id of people) writeFileSync(path(`${id}.passphrase`), `${passphraseOf(id)}\n`);
    for (const id of ["board-1", "awa"]) await keysByPage(id);
    for (const id of ["board-2", "board-3", "boubacar", "chata"]) await keysByTerminal(id);
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphraseOf("awa"));
    const text = await decrypter.decrypt(readFileSync(path("awa.age")), "text");
    const { identity } = await production.keysOf("awa");
    expect(text).toContain(`\n# recipient: ${recipientOf(identity)}\n`);
    expect(text).toMatch(/^AGE-SECRET-KEY-PQ-1[A-Z0-9]+$/m);
    // But for one, which the page opens as it made it, they are quick to open from here on.
    for (const id of people.filter((one) => one !== "board-1")) await quickenOf(id);
  });

  test("a board of three begins in the page; one is admitted there, one in the terminal, on the same draft", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    const hands = new Hands(page);
    await hands.lay(path("home/server.json"), path("awa.json"));
    await hands.lay(...["board-1", "board-2", "board-3"].map((id) => path(`${id}.json`)));
    await hands.choose("begin");
    await hands.write({ "begin.instance": "mali-1", "begin.deskName": "Tout le pays" });
    for (const id of ["board-1", "board-2", "board-3"]) {
      await hands.tick(`begin.member.${id}`);
      const on = `begin.member.${id}`;
      await hands.write({ [`${on}.name`]: `Membre ${id}`, [`${on}.spoken`]: fingerprints.get("awa")! });
    }
    // Digits of somebody else: the request was exchanged on its way, or the wrong one was taken.
    expect(await hands.press()).toContain("(enrolment.fingerprint)");
    for (const id of ["board-1", "board-2", "board-3"])
      await hands.write({ [`begin.member.${id}.spoken`]: fingerprints.get(id)!.replaceAll(" ", "") });
    expect(await hands.press()).toContain("2 sur 3 doivent signer");
    mkdirSync(path("keys"));
    await hands.save("anchors.json", path("keys/anchors.json"));
    await hands.choose("next");
    await hands.unfold("admit");
    await hands.pick("admit.request", "awa.json");
    await hands.write({ ...admission("awa", "Awa D.", "Association Benkadi"), "admit.places": "ML09" });
    await hands.pick("admit.role", "lit et dirige");
    await hands.press("#step-admit");
    expect(await page.locator(".changes").innerText()).toMatch(/ADMIS·E\s+Awa D\. \(awa\), Association Benkadi/);
    expect(await page.locator("#task .warn").innerText()).toContain("(roster.deskTooSmall)");
    await hands.save("roster.draft", path("roster.draft"));
    expectSilent(visitor);

    const asked = ["--request", path("boubacar.json"), "--fingerprint", fingerprints.get("boubacar")!];
    const person = ["--name", "Boubacar T.", "--organisation", "Réseau Jigi", "--short", "Jigi", "--place", "ML04"];
    const place = ["--desk", "all", "--keys", path("keys"), "--draft", path("roster.draft")];
    const admitted = await runGundo("roster", "admit", ...asked, ...person, ...place);
    expect(admitted).toMatchObject({ code: 0, err: "" });
  });

  test("one member signs in the page, one in the terminal; merged and verified in the page, published", async () => {
    expect(await signByPage("board-1", [path("roster.draft")], "1-board-1.note")).toContain("Boubacar T. (boubacar)");
    expect(await signByTerminal("board-2", "1-board-2.note")).toMatchObject({ code: 0, err: "" });
    await using visitor = await opened();
    const { page } = visitor;
    const hands = new Hands(page);
    await hands.lay(path("keys/anchors.json"), path("1-board-1.note"), path("1-board-2.note"));
    await hands.choose("verify");
    expect(await hands.press()).toContain("(roster.signers)");
    await hands.choose("merge");
    expect(await hands.press()).toContain("Signé par board-1, board-2 : 2 sur les 2 nécessaires.");
    await hands.save("1.note", path("1.note"));
    await hands.choose("verify");
    expect(await hands.press()).toContain("Le registre n° 1 est valable jusqu'au");
    const digits = await hands.digits();
    await hands.save("fingerprint.html", path("fingerprint.html"));
    await page.click("#language");
    expect(await hands.ending()).toContain("Roster no. 1 is good until");
    expectSilent(visitor);
    cpSync(path("keys/anchors.json"), path("server-keys/anchors.json"));
    expect(await publish("1.note")).toBe(digits);
    expect(readFileSync(path("fingerprint.html"), "utf8").split(digits)).toHaveLength(3);
    expect(readFileSync(path("fingerprint.html"), "utf8")).not.toContain("Awa");
  });

  test("with it a server starts, and both reviewers open a report", async () => {
    writeFileSync(path("server-keys/instance.json"), exampleInstance());
    await production.start();
    for (const id of ["awa", "boubacar"]) {
      mkdirSync(path(id));
      cpSync(path("keys/anchors.json"), path(id, "anchors.json"));
      cpSync(path(`${id}.age`), path(id, `${id}.age`));
    }
    await production.report(first, "awa", true);
    expect(await production.inbox("awa")).toEqual([first]);
    expect(await production.inbox("boubacar")).toEqual([first]);
  });

  test("one is removed and one admitted in the page; then a report opens for who stays and who came only", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    const hands = new Hands(page);
    await hands.lay(path("keys/anchors.json"), path("keys/roster.note"), path("chata.json"));
    await hands.choose("next");
    expect(await page.locator("#task .good").innerText()).toBe("Prêt à être signé.");
    await hands.unfold("remove");
    await hands.pick("remove.id", "Boubacar");
    await hands.press("#step-remove");
    expect(await page.locator("#task .warn").innerText()).toContain("(roster.deskTooSmall)");
    await hands.unfold("admit");
    await hands.write({ ...admission("chata", "Chata K.", "Maison Hakili"), "admit.places": "ML06" });
    await hands.press("#step-admit");
    expect(await page.locator("#task .good").innerText()).toBe("Prêt à être signé.");
    await hands.save("roster.draft", path("roster.draft"));
    expectSilent(visitor);

    // Shown with the roster before at hand, as only what changes.
    const papers = [path("roster.draft"), path("keys/roster.note")];
    const shown = await signByPage("board-3", papers, "2-board-3.note");
    expect(shown).toMatch(/RETIRÉ·E\s+Boubacar T\./);
    expect(shown).not.toContain("Awa D.");
    expect(await signByTerminal("board-2", "2-board-2.note")).toMatchObject({ code: 0, err: "" });
    const notes = [path("2-board-3.note"), path("2-board-2.note")];
    expect(await runGundo("roster", "merge", ...notes, "--out", path("2.note"), "--keys", path("keys"))).toMatchObject({
      code: 0,
    });
    const digits = await verifiedByPage([path("keys/roster.note"), path("2.note")]);
    expect(await publish("2.note")).toBe(digits);

    mkdirSync(path("chata"));
    cpSync(path("keys/anchors.json"), path("chata/anchors.json"));
    cpSync(path("chata.age"), path("chata/chata.age"));
    await until(async () => {
      const served = await fetch(`http://127.0.0.1:${production.port}/keys/roster.note`);
      return equal(new Uint8Array(await served.arrayBuffer()), readFileSync(path("2.note")));
    });
    await production.report(second, "chata", true);
    expect(await production.inbox("chata")).toEqual([second]);
    expect(await production.inbox("awa")).toEqual([first, second].toSorted());
    expect(await production.inbox("boubacar")).toContain("(session.refused)");
    expect(await production.openedBy("boubacar", "awa")).toEqual([first]);
  });

  test("the board changes in the page; both boards sign, and the new anchors are taken over", async () => {
    writeFileSync(path("board-4.passphrase"), `${passphraseOf("board-4")}\n`);
    await keysByTerminal("board-4");
    await quickenOf("board-4");
    await using visitor = await opened();
    const { page } = visitor;
    const hands = new Hands(page);
    await hands.lay(path("keys/anchors.json"), path("keys/roster.note"), path("board-4.json"));
    await hands.choose("board");
    await page.uncheck('[id^="board.stays."][id$=".board-3"]');
    await hands.tick("board.member.board-4");
    await hands.write({
      "board.member.board-4.name": "Doyenne",
      "board.member.board-4.spoken": fingerprints.get("board-4")!,
    });
    expect(await hands.press()).toMatch(/QUITTE LE CONSEIL\s+board-3[^]*ENTRE AU CONSEIL\s+board-4/);
    await hands.save("anchors.draft", path("anchors.draft"));
    for (const id of ["board-1", "board-2", "board-4"])
      await signByPage(id, [path("anchors.draft")], `anchors-${id}.note`);
    await hands.lay(path("anchors-board-1.note"), path("anchors-board-4.note"));
    await hands.choose("merge");
    await page.uncheck('[id^="merge.note."]:checked');
    for (const id of ["board-1", "board-4"]) await page.getByRole("checkbox", { name: `anchors-${id}.note` }).check();
    expect(await hands.press()).toContain("Le nouveau conseil doit la signer aussi.");
    await hands.choose("verify");
    await hands.pick("verify.note", "anchors.note");
    expect(await hands.press()).toContain("(anchors.signers)");
    await hands.lay(path("anchors-board-2.note"));
    await hands.choose("merge");
    for (const id of ["board-1", "board-2", "board-4"])
      await page.getByRole("checkbox", { name: `anchors-${id}.note` }).check();
    await hands.press();
    await hands.save("anchors.note", path("anchors.note"));
    await hands.choose("verify");
    expect(await hands.press()).toContain("Assez de membres de l'ancien conseil et du nouveau ont signé");
    await hands.save("anchors.json", path("anchors.next.json"));
    cpSync(path("keys/anchors.json"), path("trusting.json"));
    await runGundo("roster", "trust", "--note", path("anchors.note"), "--anchors", path("trusting.json"));
    expect(readFileSync(path("anchors.next.json"), "utf8")).toBe(readFileSync(path("trusting.json"), "utf8"));
  });
});

async function verifiedByPage(notes: readonly string[]): Promise<string> {
  await using visitor = await opened();
  const hands = new Hands(visitor.page);
  await hands.lay(path("keys/anchors.json"), ...notes);
  await hands.choose("verify");
  await hands.pick("verify.note", "2.note");
  await hands.press();
  return await hands.digits();
}

const refused = (note: string): Buffer => {
  const bytes = readFileSync(path(note));
  return Buffer.from(bytes.toString("latin1").replace("Awa D.", "Eve D."), "latin1");
};

describe("what is refused says why, in both languages", () => {
  test("a wrong passphrase, a damaged identity, a foreign note, an altered one, an older one, a double", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    const hands = new Hands(page);
    const identity = readFileSync(path("board-2.age"));
    identity[identity.length - 1]! ^= 1;
    writeFileSync(path("damaged.age"), identity);
    writeFileSync(path("altered.note"), refused("2.note"));
    await hands.lay(
      path("keys/anchors.json"),
      path("roster.draft"),
      path("damaged.age"),
      path("1.note"),
      path("2.note"),
    );
    await hands.choose("sign");
    await hands.write({ "sign.passphrase": "une autre phrase secrète" });
    await page.locator(".tick input").check();
    expect(await hands.press()).toContain("la phrase secrète n'ouvre pas ce fichier d'identité");
    // What was typed and ticked is still there, in the other language too.
    await page.click("#language");
    expect(await hands.ending()).toContain("the passphrase does not open this identity file (identity.passphrase)");
    await hands.write({ "sign.passphrase": passphraseOf("board-2") });
    expect(await hands.press()).toContain("(identity.malformed)");
    await hands.choose("verify");
    expect(await hands.press()).toContain("Roster no. 2 is good until");
    await hands.pick("verify.note", "1.note");
    expect(await hands.press()).toContain("this roster is older than one already seen");
    await hands.lay(path("altered.note"));
    await hands.pick("verify.note", "altered.note");
    expect(await hands.press()).toContain("a signature on this note is wrong");
    await page.click("#language");
    expect(await hands.ending()).toContain("une signature de cette note est fausse");
    expectSilent(visitor);
  });

  test("files that are not of the ceremony, or were changed on the way, are named when they are laid down", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    const hands = new Hands(page);
    const request = readFileSync(path("chata.json"), "utf8");
    const { identity } = await production.keysOf("awa");
    const other = recipientOf(identity);
    writeFileSync(path("changed.json"), request.replace(/age1pq1[a-z0-9]+/, other));
    writeFileSync(path("holiday.jpg"), Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
    writeFileSync(path("<img src=x onerror=alert(1)>.json"), "{}");
    await hands.lay(path("changed.json"), path("holiday.jpg"), path("<img src=x onerror=alert(1)>.json"));
    const said = await page.locator(".files").innerText();
    expect(said).toContain("les clés de cette demande ont été changées en route");
    expect(said.match(/ce n'est pas un fichier de la cérémonie/g)).toHaveLength(2);
    expect(said).toContain("<img src=x onerror=alert(1)>.json");
    expect(await page.locator("img").count()).toBe(0);
    await hands.choose("begin");
    expect(await page.locator("#task").innerText()).not.toContain("chata");
    expectSilent(visitor);
  });

  test("closing with something unsaved is asked about; reopening finds nothing", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    const hands = new Hands(page);
    await hands.write({ "keys.id": "issa" });
    await page.click('[id="keys.passphrase-propose"]');
    const proposed = await page.locator("form .digits").innerText();
    expect(proposed).toMatch(/^([a-z]{5} ){4}[a-z]{5}$/);
    await hands.press();
    const asked = new Promise<string>((resolve) => {
      page.once("dialog", (dialog) => {
        resolve(dialog.type());
        void dialog.accept();
      });
    });
    await page.reload();
    expect(await asked).toBe("beforeunload");
    expect(await page.locator(".files li").count()).toBe(0);
    expect(await page.inputValue('[id="keys.id"]')).toBe("");
    expect(await page.evaluate(() => [localStorage.length, document.cookie])).toEqual([0, ""]);
  });
});

describe("the recovery kit", () => {
  test("words shown in the page bring the keys back there and in the terminal; a wrong line is named", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    const hands = new Hands(page);
    await hands.lay(path("awa.age"));
    await hands.choose("kit");
    await hands.write({ "kit.passphrase": passphraseOf("awa") });
    await hands.press("#task > form:nth-of-type(1)");
    const written = await page.locator(".kit li").allInnerTexts();
    expect(written).toHaveLength(9);
    const fresh = "une phrase toute nouvelle";
    const back = { "kit.fresh": fresh, "kit.fresh-again": fresh };
    await hands.write({ ...back, "kit.words": written.join("\n").replace(/[a-z]{5}$/, "babab") });
    expect(await hands.press("#task > form:nth-of-type(2)")).toContain("Regardez encore la ligne 8");
    await hands.write({ ...back, "kit.words": written.join("\n").toUpperCase() });
    expect(await hands.press("#task > form:nth-of-type(2)")).toContain("est refait");
    expect(await hands.digits()).toBe(fingerprints.get("awa"));
    await hands.save("awa.age", path("back.age"));
    writeFileSync(path("back.passphrase"), fresh);
    expect((await production.keysOf("back")).signing.reveal()).toEqual(
      (await production.keysOf("awa")).signing.reveal(),
    );
    expectSilent(visitor);
  });
});

describe("the page itself", () => {
  test.each([
    { language: "fr", dark: false },
    { language: "fr", dark: true },
    { language: "en", dark: false },
    { language: "en", dark: true },
  ])("is clean to axe in $language, dark: $dark, at every step", async ({ language, dark }) => {
    await using visitor = await opened({ dark, widthPx: 320 });
    const { page } = visitor;
    const hands = new Hands(page);
    if (language === "en") await page.click("#language");
    const table = ["keys/anchors.json", "roster.draft", "1.note", "2.note", "awa.age", "chata.json", "holiday.jpg"];
    await hands.lay(...table.map((name) => path(name)), path("home/server.json"));
    for (const task of ["keys", "kit", "begin", "next", "sign", "merge", "verify", "board"]) {
      await hands.choose(task);
      for (const summary of await page.locator("summary").all()) await summary.click();
      const { violations } = await axeOn(page).analyze();
      expect([task, violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])]).toEqual([task, []]);
      expect([task, await keptFields(page)]).toEqual([task, []]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
    expectSilent(visitor);
  });

  test("is worked by keyboard alone", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    await page.locator("#task-sign").focus();
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("task-sign");
    await page.locator("#task-keys").focus();
    await page.keyboard.press("Space");
    await page.locator('[id="keys.id"]').focus();
    await page.keyboard.type("issa");
    await page.keyboard.press("Tab");
    const passphrase = passphraseOf("issa");
    await page.keyboard.type(passphrase);
    await page.keyboard.press("Tab");
    await page.keyboard.type(passphrase);
    await page.keyboard.press("Enter");
    await page.locator("#ending").waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("ending");
  });

  test("lets nothing in or out, whatever a script in it would try", async () => {
    await using visitor = await opened();
    const { page } = visitor;
    const tried = await page.evaluate(async () => {
      const refusals: string[] = [];
      const attempt = async (name: string, act: () => unknown): Promise<void> => {
        try {
          await act();
        } catch {
          refusals.push(name);
        }
      };
      await attempt("fetch", () => fetch("http://127.0.0.1:9/"));
      await attempt("html", () => (document.body.innerHTML = "<b>x</b>"));
      await attempt("policy", () => {
        const { trustedTypes } = globalThis as unknown as {
          trustedTypes: { createPolicy(name: string, rules: object): unknown };
        };
        return trustedTypes.createPolicy("any", {});
      });
      return refusals;
    });
    expect(tried).toEqual(["fetch", "html", "policy"]);
    expect(visitor.asked).toEqual([`file://${path("usb/gundo.html")}`]);
  });

  test("has its picture", async () => {
    await using visitor = await opened({ widthPx: 820 });
    const { page } = visitor;
    const hands = new Hands(page);
    await hands.lay(path("keys/anchors.json"), path("1.note"), path("roster.draft"), path("board-2.age"));
    await hands.choose("sign");
    await page.screenshot({ path: join(screens, "offline-fr.png"), fullPage: true });
  });
});
