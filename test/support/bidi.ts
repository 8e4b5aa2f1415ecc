import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as turn } from "node:timers/promises";

/** Nothing of Firefox's own goes out or comes up, and what it would keep for a crash is written at once. */
const quiet = {
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "browser.startup.page": 0,
  "browser.sessionstore.interval": 500,
  "browser.sessionstore.interval.idle": 500,
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false,
};

export type Preferences = Readonly<Record<string, string | number | boolean>>;

/** One window of a stock Firefox with a profile of its own. A function that is evaluated runs in the page and sees nothing from here. */
export interface Firefox extends AsyncDisposable {
  readonly profile: string;
  /** Where it saves files. */
  readonly downloads: string;
  readonly version: string;
  /** Errors and warnings, as its console shows them. */
  readonly said: readonly string[];
  go(address: string): Promise<void>;
  look<T, A extends readonly unknown[]>(inPage: (...given: A) => T, ...given: A): Promise<T>;
  /** Until it is so; rejects after a minute and a half. */
  wait<A extends readonly unknown[]>(inPage: (...given: A) => boolean, ...given: A): Promise<void>;
  fill(selector: string, value: string): Promise<void>;
  press(selector: string): Promise<void>;
  pick(selector: string, ...paths: readonly string[]): Promise<void>;
  type(...keys: readonly string[]): Promise<void>;
}

const mostWaitMs = 90_000;

/** By its own WebDriver BiDi (W3C): the driver of the other tests speaks with younger ones only. `home` is for it alone. */
export async function startFirefox(executable: string, home: string, preferences: Preferences): Promise<Firefox> {
  const [profile, downloads] = [join(home, "profile"), join(home, "downloads")];
  for (const directory of [profile, downloads]) await mkdir(directory, { recursive: true });
  const lines = Object.entries({ ...quiet, ...preferences }).map(
    (pair) => `user_pref(${JSON.stringify(pair).slice(1, -1)});`,
  );
  await writeFile(join(profile, "user.js"), lines.join("\n"));
  const options = ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", profile];
  const env = { PATH: process.env["PATH"], HOME: home, TMPDIR: home };
  const child = spawn(executable, options, { env, stdio: ["ignore", "ignore", "pipe"] });
  const session = await openSession(await addressOf(child));
  const { capabilities } = await session.send<{ capabilities: { browserVersion: string } }>("session.new", {
    capabilities: { alwaysMatch: { webSocketUrl: true, unhandledPromptBehavior: { default: "accept" } } },
  });
  await session.send("session.subscribe", { events: ["log.entryAdded"] });
  const downloadBehavior = { type: "allowed", destinationFolder: downloads };
  await session.send("browser.setDownloadBehavior", { downloadBehavior });
  const { contexts } = await session.send<{ contexts: { context: string }[] }>("browsingContext.getTree", {});
  const window = windowOf(session, contexts[0]!.context);
  const close = async (): Promise<void> => {
    const ended = once(child, "exit");
    await session.send("browser.close", {}).catch(() => child.kill());
    await ended;
  };
  return {
    ...window,
    profile,
    downloads,
    version: capabilities.browserVersion,
    said: session.said,
    [Symbol.asyncDispose]: close,
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(said) ?? [];
      if (address !== undefined) resolve(`${address}/session`);
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`Firefox ended before it listened: ${said}`)));
  });
}

interface Session {
  readonly said: string[];
  readonly send: <T>(method: string, parameters: object) => Promise<T>;
}

interface Message {
  readonly type: "success" | "error" | "event";
  readonly id?: number;
  readonly result?: never;
  readonly message?: string;
  readonly params?: { readonly level: string; readonly text: string };
}

async function openSession(address: string): Promise<Session> {
  const socket = new WebSocket(address);
  const waiting = new Map<number, (message: Message) => void>();
  const said: string[] = [];
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(String(data)) as Message;
    if (message.type === "event" && ["error", "warn"].includes(message.params!.level)) said.push(message.params!.text);
    waiting.get(message.id ?? -1)?.(message);
  });
  await once(socket, "open");
  let last = 0;
  const send = async <T>(method: string, params: object): Promise<T> => {
    const id = ++last;
    const { promise, resolve } = Promise.withResolvers<Message>();
    waiting.set(id, resolve);
    socket.send(JSON.stringify({ id, method, params }));
    const { type, result, message } = await promise;
    if (type === "error") throw new Error(`${method}: ${message ?? ""}`);
    return result as T;
  };
  return { said, send };
}

interface Evaluated {
  readonly type: "success" | "exception";
  readonly result: { readonly value: string; readonly sharedId: string };
  readonly exceptionDetails: { readonly text: string };
}

type Window = Pick<Firefox, "go" | "look" | "wait" | "fill" | "press" | "pick" | "type">;

function windowOf(session: Session, context: string): Window {
  // A world of its own beside the page's: it runs where the page may run no script, and the page does not see it.
  const target = { context, sandbox: "drill" };
  const call = async (functionDeclaration: string, given: readonly unknown[]): Promise<Evaluated["result"]> => {
    const strings = given.map((one) => ({ type: "string", value: JSON.stringify(one) }));
    const asked = { functionDeclaration, arguments: strings, target, awaitPromise: true, userActivation: true };
    const { type, result, exceptionDetails } = await session.send<Evaluated>("script.callFunction", asked);
    if (type === "exception") throw new Error(exceptionDetails.text);
    return result;
  };
  const look: Window["look"] = async (inPage, ...given) => {
    const source = `(...given) => JSON.stringify((${inPage.toString()})(...given.map(JSON.parse)) ?? null)`;
    return JSON.parse((await call(source, given)).value) as never;
  };
  const wait: Window["wait"] = async (inPage, ...given) => {
    for (let waitedMs = 0; waitedMs < mostWaitMs; waitedMs += 50) {
      // A page that is being left answers nothing.
      if (await look(inPage, ...given).catch(() => false)) return;
      await turn(50);
    }
    throw new Error(`never so: ${inPage.toString()} ${given.join(" ")}`);
  };
  const there = (selector: string): Promise<void> =>
    wait((wanted) => document.querySelector(wanted) !== null, selector);
  return {
    go: async (url) => void (await session.send("browsingContext.navigate", { context, url, wait: "complete" })),
    look,
    wait,
    fill: async (selector, value) => {
      await there(selector);
      await look(fillIn, selector, value);
    },
    press: async (selector) => {
      await there(selector);
      await look((wanted) => document.querySelector<HTMLElement>(wanted)!.click(), selector);
    },
    pick: async (selector, ...files) => {
      await there(selector);
      const { sharedId } = await call(`(wanted) => document.querySelector(JSON.parse(wanted))`, [selector]);
      await session.send("input.setFiles", { context, element: { sharedId }, files });
    },
    type: async (...keys) => {
      const actions = keys.flatMap((value) => [
        { type: "keyDown", value },
        { type: "keyUp", value },
      ]);
      await session.send("input.performActions", { context, actions: [{ type: "key", id: "keyboard", actions }] });
    },
  };
}

function fillIn(selector: string, value: string): void {
  const field = document.querySelector<HTMLInputElement>(selector)!;
  field.focus();
  field.value = value;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}
