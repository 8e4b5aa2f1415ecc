import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeDemoHome } from "../support/demo-home.ts";
import { startFirefox, type Firefox, type Preferences } from "../support/bidi.ts";
import { canary } from "../support/canary.ts";
import { inboxOf, startIn, type Instance } from "../support/instance.ts";
import { writeOffline } from "../support/offline.ts";
import { temporaryHome, until } from "../support/store.ts";
import { keptFor } from "./kept.ts";

/** Where a stock Firefox lies; `FIREFOX=path` names another. */
const usual = ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/** As Tor Browser sets its engine, for these pages; at "safer" it runs scripts without compiling them, and no WebAssembly. */
const torStandard: Preferences = {
  "browser.cache.disk.enable": false,
  "browser.privatebrowsing.autostart": true,
  "permissions.memory_only": true,
  "privacy.firstparty.isolate": true,
  "privacy.resistFingerprinting": true,
  "webgl.disabled": true,
};
const torSafer: Preferences = {
  ...torStandard,
  "javascript.options.asmjs": false,
  "javascript.options.baselinejit": false,
  "javascript.options.ion": false,
  "javascript.options.native_regexp": false,
  "javascript.options.wasm": false,
};

const place = "Kouroufing-Marena";
const wordsOf = (who: string): string => `Deux camions sans plaque derrière le marché de ${place}, dit ${who}`;
const answerText = "Merci. À quelle heure passent-ils, et par quelle piste ?";
const more = "Vers quatre heures, par la piste du nord, puis le gué";

export interface FirefoxDrilled {
  readonly name: string;
  readonly version: string;
  /** What the browser's console said: a broken policy, an error of ours. */
  readonly said: readonly string[];
  /** Where words, place or numbers were found: the browser's profile, the server's home, what was printed. */
  readonly told: readonly string[];
  readonly seconds: number;
}

/** Null when there is none. */
export function findFirefox(): string | null {
  return [process.env["FIREFOX"] ?? "", ...usual].find((path) => existsSync(path)) ?? null;
}

/** The main stories in a stock Firefox, one row a way of setting it. Rejects at the first that does not go as it should. */
export async function* firefoxDrill(executable: string): AsyncGenerator<FirefoxDrilled> {
  const template = await makeDemoHome();
  const instance = await startIn(template);
  const desk = new Desk(executable, instance);
  try {
    yield await desk.run("as it comes", {}, (firefox) => desk.wholeStory(firefox, "le premier"));
    yield await desk.run("as Tor Browser", torStandard, (firefox) => desk.wholeStory(firefox, "le second"));
    yield await desk.run('as Tor Browser at "safer"', torSafer, (firefox) => desk.withoutWasm(firefox));
    yield await desk.run("without script", { "javascript.enabled": false }, (firefox) => desk.withoutScript(firefox));
    yield await desk.run("the offline file", {}, (firefox) => desk.offline(firefox));
  } finally {
    await instance.kill("SIGINT");
    await rm(template, { recursive: true });
  }
}

const isShown = (selector: string): boolean =>
  (document.querySelector<HTMLElement>(selector)?.offsetParent ?? null) !== null;
const says = (selector: string, text: string): boolean =>
  document.querySelector(selector)?.textContent.includes(text) === true;
const textsOf = (selector: string): readonly string[] =>
  [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);

/** False until it is there. */
function pressRow(text: string): boolean {
  const rows = [...document.querySelectorAll<HTMLElement>("ol.list > li > .row")];
  const row = rows.find(({ textContent }) => textContent.includes(text));
  row?.click();
  return row !== undefined;
}

class Desk {
  readonly executable: string;
  readonly instance: Instance;
  /** Numbers that were shown: nobody may keep them either. */
  readonly numbers: string[] = [];
  #isPrivate = false;

  constructor(executable: string, instance: Instance) {
    this.executable = executable;
    this.instance = instance;
  }

  async run(
    name: string,
    preferences: Preferences,
    story: (firefox: Firefox) => Promise<void>,
  ): Promise<FirefoxDrilled> {
    const home = await temporaryHome();
    const startedMs = performance.now();
    this.#isPrivate = preferences["browser.privatebrowsing.autostart"] === true;
    const ran = await this.#ran(home, preferences, story);
    const told = await this.#told(home, ran.kept);
    await rm(home, { recursive: true });
    return { name, ...ran, told, seconds: Math.round((performance.now() - startedMs) / 1000) };
  }

  async #ran(home: string, preferences: Preferences, story: (firefox: Firefox) => Promise<void>) {
    await using firefox = await startFirefox(this.executable, home, preferences);
    await story(firefox);
    // libsodium asks for it where the console's workers start; noble then takes its place.
    const isKnown = (line: string): boolean =>
      preferences["javascript.options.wasm"] === false && line === "ReferenceError: WebAssembly is not defined";
    const said = firefox.said.filter((line) => !isKnown(line));
    return { version: firefox.version, said, kept: await keptFor(firefox.profile) };
  }

  /** Report, read, answered, read back, written on, forgotten, left. */
  async wholeStory(firefox: Firefox, who: string): Promise<void> {
    const words = wordsOf(who);
    const numbers = await this.#report(firefox, words);
    await this.#answer(firefox, words);
    await this.#readUntil(firefox, numbers, answerText);
    await firefox.fill("#again", more);
    await firefox.press("button[value=again]");
    await firefox.wait(says, "#reading-says", "fermée et gardée");
    await firefox.press("button[value=forget]");
    await firefox.wait(says, "#conversation", "C’est oublié");
    await this.#readUntil(firefox, numbers, "Pas encore de réponse");
    await firefox.fill("#text", words);
    await firefox.type("\uE00C", "\uE00C");
    await firefox.wait((wiped) => !document.body.textContent.includes(wiped), words);
  }

  async withoutWasm(firefox: Firefox): Promise<void> {
    const words = wordsOf("qui se protège");
    await this.#write(firefox, words);
    await firefox.wait(says, "#sealing .warn:not([hidden])", "personne ne pourra vous répondre");
    await firefox.press("#form button");
    await firefox.wait(isShown, "#no-numbers");
    await this.#answer(firefox, words, "note");
    await firefox.go(`${this.instance.url}/`);
    await firefox.fill("#first", "12345678");
    await firefox.wait(() => !document.querySelector<HTMLElement>("#read-plain")!.hidden);
  }

  async withoutScript(firefox: Firefox): Promise<void> {
    const words = wordsOf("sans script");
    await firefox.go(`${this.instance.url}/`);
    await firefox.wait(isShown, "[data-sealing=plain]");
    await firefox.fill("#text", words);
    await firefox.press("#form button");
    await firefox.wait(isShown, "#numbers");
    const numbers = await this.#numbersOn(firefox);
    const awa = this.instance.demo.reviewers.find(({ id }) => id === "awa")!;
    await until(async () => (await inboxOf(this.instance, awa)).some(({ text }) => text === words));
    await firefox.go(`${this.instance.url}/`);
    await this.#ask(firefox, numbers);
    await firefox.wait(says, "#conversation", "Pas encore de réponse");
  }

  /** From a stick: keys are made and saved, the board's roster is verified. */
  async offline(firefox: Firefox): Promise<void> {
    const file = join(firefox.downloads, "gundo.html");
    await writeOffline(file);
    await firefox.go(`file://${file}`);
    for (const name of ["keys.passphrase", "keys.passphrase-again"])
      await firefox.fill(`[id="${name}"]`, "le mot de passe de zeynabou");
    await firefox.fill('[id="keys.id"]', "zeynabou");
    await firefox.press("#task > form .act");
    await firefox.wait(says, "#ending", "Les clés de zeynabou sont faites");
    await firefox.press('#ending a[download="zeynabou.age"]');
    await until(() => existsSync(join(firefox.downloads, "zeynabou.age")));
    const keys = join(this.instance.home, "demo/keys");
    await firefox.pick("#picker", join(keys, "anchors.json"), join(keys, "roster.note"));
    await firefox.wait(() => document.querySelectorAll(".files li").length === 4);
    await firefox.press("#task-verify");
    await firefox.press("#task > form .act");
    await firefox.wait(says, "#ending", "est valable jusqu'au");
  }

  async #write(firefox: Firefox, words: string): Promise<void> {
    await firefox.go(`${this.instance.url}/`);
    await firefox.wait(isShown, "[data-sealing=sealed]");
    await firefox.fill("#text", words);
    await firefox.fill("#without", "ML0703");
    if (this.#isPrivate) return;
    // Until Firefox wrote this tab down for a crash, with what it keeps of the form.
    await until(async () => (await keptFor(firefox.profile)).includes(this.instance.url));
  }

  async #report(firefox: Firefox, words: string): Promise<readonly string[]> {
    await this.#write(firefox, words);
    await firefox.press("#form button");
    await firefox.wait(isShown, "#numbers");
    return this.#numbersOn(firefox);
  }

  async #numbersOn(firefox: Firefox): Promise<readonly string[]> {
    const numbers = await firefox.look(textsOf, "#numbers span");
    if (numbers.length !== 2 || !numbers.every((one) => /^\d{8}$/.test(one))) throw new Error("no two numbers");
    this.numbers.push(numbers.join(""));
    return numbers;
  }

  async #ask(firefox: Firefox, [first, second]: readonly string[]): Promise<void> {
    await firefox.press("details:has(#reading) summary");
    await firefox.fill("#first", first!);
    await firefox.fill("#second", second!);
    await firefox.press("#read");
  }

  async #readUntil(firefox: Firefox, numbers: readonly string[], text: string): Promise<void> {
    await until(async () => {
      await firefox.go(`${this.instance.url}/`);
      await firefox.wait(isShown, "[data-sealing=sealed]");
      await this.#ask(firefox, numbers);
      await firefox.wait(isShown, "#conversation");
      return firefox.look(says, "#conversation", text);
    });
  }

  /** In the console: unlocked, taken, answered (or noted, where nobody can be answered), locked. */
  async #answer(firefox: Firefox, words: string, panel: "answer" | "note" = "answer"): Promise<void> {
    const { home, demo, url } = this.instance;
    const { identityFile, passphrase } = demo.reviewers.find(({ id }) => id === "awa")!;
    await firefox.go(`${url}/console`);
    await firefox.pick("#identity", identityFile);
    await firefox.pick("#anchors", join(home, "demo/keys/anchors.json"));
    await firefox.fill("#passphrase", passphrase);
    await firefox.press("form button[type=submit]");
    await firefox.wait(pressRow, words);
    await firefox.press("[data-action=take]");
    await firefox.wait(isShown, "[data-state=open]");
    await firefox.press(`[data-action=${panel}]`);
    await firefox.fill("#panel-text", answerText);
    await firefox.press("form.panel button[type=submit]:not([aria-disabled=true])");
    await firefox.wait((kind) => document.querySelector(`[data-done="${kind}"]`) !== null, panel);
    if (panel === "answer") await firefox.press(".letters button");
    await firefox.wait(() => document.querySelector(".letters") === null);
    await firefox.type("L");
    await firefox.wait(isShown, "#passphrase");
  }

  async #told(home: string, kept: string): Promise<readonly string[]> {
    const planted = join(home, "planted");
    // A scan that does not find this one would find nothing.
    await writeFile(planted, place);
    const texts = [answerText, more, ...this.numbers];
    const contents = [
      { where: "printed", content: this.instance.printed() },
      { where: "what Firefox keeps of its tabs", content: kept },
    ];
    const processes = await this.instance.processes();
    const scan = canary({ places: [place], texts });
    const hits = await scan.scan({ directories: [home, this.instance.home], contents, processes });
    const found = hits.map(({ spelling, where }) => `${spelling} in ${where}`);
    const wanted = `utf-8 in ${planted}`;
    return found.includes(wanted) ? found.filter((hit) => !hit.endsWith(planted)) : ["the scan is blind"];
  }
}
