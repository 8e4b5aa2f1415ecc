import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Client } from "../../src/cli/client.ts";

let server: Server;
let url: string;
let asked: string[];
/** Connections that are cut before they are answered. */
let cuts: number;

beforeEach(async () => {
  asked = [];
  cuts = 1;
  server = createServer((request, response) => {
    asked.push(request.method!);
    if (cuts-- > 0) request.socket.destroy();
    else response.end("here");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

describe("a connection that ends before it answers", () => {
  it("is no news to whoever reads: they ask again, once", async () => {
    expect(new TextDecoder().decode(await new Client(url).bytes("/keys/roster.note"))).toBe("here");
    expect(asked).toEqual(["GET", "GET"]);
  });

  it("is told when it ends again", async () => {
    cuts = 2;
    await expect(new Client(url).bytes("/keys/roster.note")).rejects.toThrow("cli.unreachable");
    expect(asked).toEqual(["GET", "GET"]);
  });

  it("is told at once to whoever writes: it may have arrived", async () => {
    const write = new Client(url).request("/mailbox/write", { method: "POST", body: new Uint8Array(16) });
    await expect(write).rejects.toThrow("cli.unreachable");
    expect(asked).toEqual(["POST"]);
  });
});
