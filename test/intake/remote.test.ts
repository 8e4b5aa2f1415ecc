import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import type { DeskId, DoorHash, Sealed, SeenHash } from "../../src/base/brand.ts";
import { base64url } from "../../src/base/bytes.ts";
import { Fault } from "../../src/base/fault.ts";
import { Secret } from "../../src/base/secret.ts";
import { askCore, type Answer } from "../../src/intake/core-address.ts";
import type { Posting } from "../../src/intake/core.ts";
import { answerBytes } from "../../src/intake/mailboxes.ts";
import type { MailboxId, MailboxRead } from "../../src/mailbox/mailbox.ts";
import { remoteCore, remoteMailboxes, remoteReady } from "../../src/intake/remote.ts";
import { HandClock } from "../support/board.ts";
import { freePort } from "../support/ports.ts";

const edgeSecret = new Secret("an-edge-secret");
const hash = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const bare: Posting = {
  desk: "all" as DeskId,
  sealed: new Uint8Array([1, 2, 3]) as Sealed,
  doorHash: hash(7) as DoorHash,
};
const withSeen: Posting = { ...bare, seen: [hash(8) as SeenHash, hash(9) as SeenHash] };

let server: Server | null = null;
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

async function listening(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A core that gives these answers in turn, and how often it was asked and waited for. */
function answering(answers: readonly (Answer | Fault)[]) {
  const left = [...answers];
  const pauses: number[] = [];
  const core = remoteCore(
    { url: "http://core", edgeSecret },
    {
      ask: async () => {
        const next = left.shift();
        if (next === undefined || next instanceof Fault) throw next ?? new Error("asked too often");
        return next;
      },
      pause: async (ms) => void pauses.push(ms),
    },
  );
  return { core, pauses, left };
}

const status = (code: number, problem?: string): Answer => ({
  status: code,
  body: new TextEncoder().encode(problem === undefined ? "" : JSON.stringify({ code: problem, status: code })),
});
const away = new Fault("core.unavailable");

test("what goes over the wire is the contract's: path, type, door hash, seen hashes newest first, the edge's secret", async () => {
  const requests: { url: string; method: string; headers: IncomingMessage["headers"]; body: Buffer }[] = [];
  const url = await listening((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, headers } = request;
      requests.push({ url: request.url!, method: method!, headers, body: Buffer.concat(chunks) });
      response.writeHead(201).end();
    });
  });
  const core = remoteCore({ url: `${url}/behind/`, edgeSecret });
  expect([await core.accept(withSeen), await core.accept(bare)]).toEqual(["stored", "stored"]);
  expect(requests.map(({ method, url: path }) => `${method} ${path}`)).toEqual([
    "POST /behind/reports/all",
    "POST /behind/reports/all",
  ]);
  expect([...requests[0]!.body]).toEqual([1, 2, 3]);
  expect(requests[0]!.headers).toMatchObject({
    "content-type": "application/age",
    "gundo-door-hash": base64url(hash(7)),
    "gundo-seen": `${base64url(hash(8))},${base64url(hash(9))}`,
    authorization: "Bearer an-edge-secret",
  });
  expect(requests[1]!.headers["gundo-seen"]).toBeUndefined();
});

test("200 means seen before", async () => {
  expect(await answering([status(200)]).core.accept(withSeen)).toBe("seen");
});

test("a key that the core knows for other bytes is told apart, and not asked again", async () => {
  const { core, pauses } = answering([status(422, "request.keyReused")]);
  expect([await core.accept(withSeen), pauses]).toEqual(["other", []]);
});

test("with seen, a core that is away is asked three times in all, and the answer that comes counts", async () => {
  const { core, pauses } = answering([away, status(503, "store.unavailable"), status(201)]);
  expect(await core.accept(withSeen)).toBe("stored");
  expect(pauses).toEqual([150, 500]);
  const never = answering([away, status(500), status(502)]);
  await expect(never.core.accept(withSeen)).rejects.toThrow("core.unavailable");
  expect(never.left).toEqual([]);
});

test("without seen nothing is ever sent again: a lost answer says nothing of the bytes", async () => {
  const { core, pauses, left } = answering([away, status(201)]);
  await expect(core.accept(bare)).rejects.toThrow("core.unavailable");
  expect([pauses, left.length]).toEqual([[], 1]);
});

test.each([
  [status(422, "envelope.shape"), "envelope.shape"],
  [status(404, "desk.unknown"), "desk.unknown"],
  [status(413, "request.tooLarge"), "request.tooLarge"],
  [status(404, "route.unknown"), "core.refused"],
  [status(403, "forbidden"), "core.refused"],
  [status(422, "bug"), "core.refused"],
  [status(400), "core.refused"],
  [status(302), "core.refused"],
  [status(204), "core.refused"],
])("an answer that will not change is not asked for again: %#", async (answer, code) => {
  const { core, left } = answering([answer, status(201)]);
  await expect(core.accept(withSeen)).rejects.toThrow(code);
  expect(left).toHaveLength(1);
});

test("a redirect is not followed, and the secret goes nowhere else", async () => {
  let followed = 0;
  const url = await listening((request, response) => {
    if (request.url !== "/reports/all") followed++;
    response.writeHead(307, { location: "/elsewhere" }).end();
  });
  await expect(remoteCore({ url, edgeSecret }).accept(withSeen)).rejects.toThrow("core.refused");
  expect(followed).toBe(0);
});

test("nobody there, an answer cut short and an answer without end are a core that is away", async () => {
  const dead = { url: `http://127.0.0.1:${await freePort()}`, edgeSecret };
  await expect(askCore(dead, "/readyz", null)).rejects.toThrow("core.unavailable");
  const url = await listening((request, response) => {
    if (request.url === "/cut") response.writeHead(200, { "content-length": "9" }).write("x", () => response.destroy());
    else response.writeHead(200).end(Buffer.alloc(2 ** 21));
  });
  await expect(askCore({ url, edgeSecret }, "/cut", null)).rejects.toThrow("core.unavailable");
  await expect(askCore({ url, edgeSecret }, "/endless", null)).rejects.toThrow("core.unavailable");
});

test("a core that takes the request and says nothing is away", async () => {
  const url = await listening(() => undefined);
  await expect(askCore({ url, edgeSecret }, "/readyz", null)).rejects.toThrow("core.unavailable");
});

test("no fault on the way holds what was sent", async () => {
  const failure = await remoteCore({ url: `http://127.0.0.1:${await freePort()}`, edgeSecret })
    .accept(bare)
    .catch((error: unknown) => error);
  expect((failure as Fault).message).toBe("core.unavailable");
  expect(JSON.stringify(failure)).not.toContain("edge-secret");
});

test("ready is what the core says, asked once a second at most", async () => {
  const clock = new HandClock();
  const said = [status(200), status(503), away];
  let asked = 0;
  const ready = remoteReady({ url: "http://core", edgeSecret }, clock, async () => {
    const next = said[asked++]!;
    if (next instanceof Fault) throw next;
    return next;
  });
  expect([await ready(), await ready(), asked]).toEqual([true, true, 1]);
  clock.advanceMs(1_000);
  expect(await ready()).toBe(false);
  clock.advanceMs(1_000);
  expect([await ready(), asked]).toEqual([false, 3]);
});

const bytes = (code: number, body: Uint8Array): Answer => ({ status: code, body });

/** A core that gives these answers in turn, and what it was asked. */
function mailboxesAnswering(answers: readonly (Answer | Fault)[]) {
  const left = [...answers];
  const heard: { path: string; body: unknown; authorization: unknown }[] = [];
  const mailboxes = remoteMailboxes(
    { url: "http://core", edgeSecret },
    {
      ask: async (_core, path, post) => {
        const headers = post!.headers as Record<string, string>;
        heard.push({ path, body: post!.body, authorization: headers["authorization"] });
        const next = left.shift();
        if (next === undefined || next instanceof Fault) throw next ?? new Error("asked too often");
        return next;
      },
      pause: async () => undefined,
    },
  );
  return { mailboxes, heard };
}

describe("mailboxes over HTTP", () => {
  const right = new Uint8Array(16).fill(5) as Uint8Array as MailboxRead;
  const four = new Uint8Array(4 * answerBytes);
  test("each route carries its bytes and the edge's secret", async () => {
    const { mailboxes, heard } = mailboxesAnswering([bytes(201, new Uint8Array(0)), bytes(200, four), status(204)]);
    await mailboxes.write(right as Uint8Array as MailboxId, bare.sealed);
    expect((await mailboxes.read(right)).map(({ length }) => length)).toEqual([1, 2, 3, 4].map(() => answerBytes));
    await mailboxes.forget(right);
    const authorization = "Bearer an-edge-secret";
    expect(heard).toEqual([
      { path: "/mailbox/write", body: new Uint8Array([...right, ...bare.sealed]), authorization },
      { path: "/mailbox/read", body: new Uint8Array(right), authorization },
      { path: "/mailbox/forget", body: new Uint8Array(right), authorization },
    ]);
  });

  test("a core that is away is asked once more, one that refuses is not", async () => {
    const mended = mailboxesAnswering([away, bytes(200, four)]);
    expect(await mended.mailboxes.read(right)).toHaveLength(4);
    const gone = mailboxesAnswering([status(503), away]);
    await expect(gone.mailboxes.forget(right)).rejects.toMatchObject({ code: "core.unavailable" });
    expect(gone.heard).toHaveLength(2);
    const refusing = mailboxesAnswering([status(422, "envelope.shape")]);
    const writing = refusing.mailboxes.write(right as Uint8Array as MailboxId, bare.sealed);
    await expect(writing).rejects.toMatchObject({ code: "envelope.shape" });
    expect(refusing.heard).toHaveLength(1);
  });

  test("an answer of another length is no core's", async () => {
    const { mailboxes } = mailboxesAnswering([bytes(200, four.subarray(1))]);
    await expect(mailboxes.read(right)).rejects.toMatchObject({ code: "core.unavailable" });
  });
});
