import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parsePartId } from "../../src/base/brand.ts";
import { concat, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { joinParts, mostAttachmentBytes } from "../../src/envelope/attachment.ts";
import { decodeFrame } from "../../src/envelope/frame.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import type { Attachment } from "../../src/envelope/report.ts";
import { shapeOf } from "../../src/envelope/shape.ts";
import { findPart } from "../../src/store/part.ts";
import { axeOn, startBrowser, visit, type Visit, type VisitOptions } from "../support/browser.ts";
import { canary } from "../support/canary.ts";
import { arrivals, readBy, servePage, type PageServer } from "../support/page.ts";
import { photoFrom, withExif } from "../support/photo.ts";

const words = "Camion blanc vers Tinzaouaten";
const place = "Kouroufing-Marena";
const planted = `${place} GPS 16.2717 -0.0447 Tecno Spark Mamadou`;

let browser: Browser;
let server: PageServer;
beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), servePage()]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});
beforeEach(async () => {
  server.instead = () => null;
  server.wire.length = 0;
  for (const table of ["arrival", "part"] as const) await server.gate.store.store.db.deleteFrom(table).execute();
});

async function opened(path: string, options: VisitOptions = {}): Promise<Visit> {
  const visitor = await visit(browser, { nowMs: server.gate.clock.nowMs(), ...options });
  await visitor.page.goto(server.url + path);
  if (options.script !== false) await visitor.page.locator("[data-sealing=sealed]").waitFor();
  return visitor;
}

const send = (page: Page): Promise<void> => page.locator("#form button").click();
const thanked = (page: Page): Promise<void> => page.locator("#thanks").waitFor();
const saying = (page: Page, text: string): Promise<void> => page.locator("#file-says", { hasText: text }).waitFor();
const choose = (page: Page, name: string, mimeType: string, bytes: Uint8Array): Promise<void> =>
  page.setInputFiles("#file", { name, mimeType, buffer: Buffer.from(bytes) });

/** Posts that carried a part, or asked for work with none. */
const posted = () => server.wire.filter(({ path }) => path === "/parts");
const carried = () => posted().filter(({ body }) => body.length > 0);
const stored = async (): Promise<number> =>
  (await server.gate.store.store.db.selectFrom("part").select("day").execute()).length;

/** The file that came with the only report, as a reviewer puts it together. */
async function received(): Promise<{ readonly attachment: Attachment; readonly file: Uint8Array }> {
  const [sealed, ...others] = await arrivals(server);
  expect(others).toEqual([]);
  expect(shapeOf(sealed!)).toEqual({ stanzas: 5, sizeClass: 8192 });
  const [attachment, ...more] = readBy(server, sealed!)[0]!.attachments;
  expect(more).toEqual([]);
  const parts = attachment!.parts.map((id) => findPart(server.gate.store.store.db, parsePartId(id)!));
  const inParts = (await Promise.all(parts)).map((part) => open(part!, attachment!.identity, nodeDecapsulator));
  return { attachment: attachment!, file: joinParts(attachment!, inParts.map(decodeFrame)) };
}

describe("a file from the informant's page", () => {
  test("a photo comes without its metadata and its name, opens for readers only, and shows in no request", async () => {
    await using visitor = await opened("/");
    const { page } = visitor;
    const photo = withExif(await photoFrom(page, 3000, 200), planted);
    expect(Buffer.from(photo).includes(planted)).toBe(true);
    await choose(page, `${place}.jpg`, "image/jpeg", photo);
    await saying(page, "Photo nettoyée sur ce téléphone");
    expect((await axeOn(page).analyze()).violations).toEqual([]);
    await page.fill("#text", words);
    expect(posted()).toEqual([]);
    await send(page);
    await thanked(page);
    const { attachment, file } = await received();
    expect(attachment).toMatchObject({ type: "image/jpeg", size: file.length });
    expect([...file.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect(segmentsOf(file).some((marker) => marker === 0xe1 || marker === 0xfe)).toBe(false);
    const drawn = await sizeOf(page, file);
    expect(drawn).toEqual([2560, 171]);
    const scanned = canary({ texts: [words, planted], places: [place] });
    const wire = server.wire.flatMap(({ path, headers, body }) => [
      { where: `${path} headers`, content: `${path}\n${headers}` },
      { where: `${path} body`, content: body },
    ]);
    expect(await scanned.scan({ contents: [...wire, { where: "the photo", content: file }] })).toEqual([]);
    const { attachments } = readBy(server, (await arrivals(server))[0]!)[1]!;
    expect(JSON.stringify(attachments)).not.toContain(place);
    expect(visitor.said).toEqual([]);
  });

  test("who must not read the report has not the file's key either", async () => {
    await using visitor = await opened("/");
    const { page } = visitor;
    await page.check("input[value=Jigi]");
    await choose(page, "note.txt", "text/plain", utf8("trois hommes"));
    await saying(page, "tel quel");
    await page.fill("#text", words);
    await send(page);
    await thanked(page);
    const reports = readBy(server, (await arrivals(server))[0]!);
    expect(reports.map((report) => report?.attachments.length ?? null)).toEqual([1, null, 1, 1, null, null]);
    for (const { identity } of server.gate.board.people) {
      const parts = await server.gate.store.store.db.selectFrom("part").select("sealed").execute();
      expect(() => open(new Uint8Array(parts[0]!.sealed) as never, identity, nodeDecapsulator)).toThrow(
        "envelope.unopenable",
      );
    }
  });

  test("what broke off goes on where it was: parts that were kept are not sent again, and the report goes once, last", async () => {
    await using visitor = await opened("/en");
    const { page } = visitor;
    const sound = systemChance.bytes(600_000);
    let refused = 0;
    server.instead = (request) => {
      const isPart = request.url.endsWith("/parts") && request.headers.has("gundo-work");
      if (!isPart || carried().length < 2) return null;
      refused++;
      return new Response("", { status: 503 });
    };
    await choose(page, "voix.ogg", "audio/ogg", sound);
    await saying(page, "goes as it is, 586 kB");
    await page.fill("#text", words);
    await send(page);
    await saying(page, "The network broke off");
    expect([await stored(), refused, (await arrivals(server)).length]).toEqual([1, 3, 0]);
    expect(await page.inputValue("#text")).toBe(words);
    server.instead = () => null;
    const before = carried().length;
    await send(page);
    await thanked(page);
    expect([carried().length - before, await stored()]).toEqual([2, 3]);
    const { attachment, file } = await received();
    expect([attachment.type, attachment.parts.length]).toEqual(["audio/ogg", 3]);
    expect(file).toEqual(new Uint8Array(sound));
    const paths = server.wire.map(({ path }) => path);
    expect(paths.lastIndexOf("/parts")).toBeLessThan(paths.indexOf("/reports/all"));
    // Each part that was kept crossed the network once: the challenge was asked for with nothing in hand.
    expect(carried().length - refused).toBe(3);
  });

  test("nothing is attached of an empty file, one too large, a drawing that can carry a script, or one that was taken out", async () => {
    await using visitor = await opened("/");
    const { page } = visitor;
    const svg = utf8('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    const refused: readonly (readonly [string, string, Uint8Array, string])[] = [
      ["vide.txt", "text/plain", new Uint8Array(0), "vide"],
      ["plan.svg", "image/svg+xml", svg, "ne peut pas nettoyer"],
      ["faux.jpg", "image/jpeg", utf8("pas une photo"), "ne peut pas nettoyer"],
    ];
    for (const [name, type, bytes, says] of refused) {
      await choose(page, name, type, bytes);
      await saying(page, says);
      expect(await page.inputValue("#file")).toBe("");
    }
    await chooseZeros(page, mostAttachmentBytes + 1);
    await saying(page, "25 Mo au plus");
    await choose(page, "note.txt", "text/plain", utf8("x"));
    await saying(page, "tel quel");
    await page.setInputFiles("#file", []);
    await page.fill("#text", words);
    await send(page);
    await thanked(page);
    expect(posted()).toEqual([]);
    expect(readBy(server, (await arrivals(server))[0]!)[0]!.attachments).toEqual([]);
  });

  test("a browser that gives no honest drawing back attaches no photo", async () => {
    await using visitor = await visit(browser, { nowMs: server.gate.clock.nowMs() });
    const { page } = visitor;
    // As Tor Browser answers every page that reads a drawing.
    await page.addInitScript(() => {
      CanvasRenderingContext2D.prototype.getImageData = () => new ImageData(new Uint8ClampedArray(256).fill(255), 8, 8);
    });
    await page.goto(server.url);
    await page.locator("[data-sealing=sealed]").waitFor();
    await choose(page, "a.jpg", "image/jpeg", await photoFrom(page, 20, 20));
    await saying(page, "ne peut pas nettoyer");
  });

  test("until its script is there nothing is sent with a file; other bytes than the page's own are not run, and that is said", async () => {
    await using visitor = await opened("/");
    const { page } = visitor;
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    await page.route("**/attach.js", async (route) => {
      asked.resolve();
      await answer.promise;
      await route.fulfill({ status: 200, contentType: "text/javascript", body: "document.body.textContent=''" });
    });
    await page.fill("#text", words);
    await choose(page, "note.txt", "text/plain", utf8("x"));
    await asked.promise;
    await send(page);
    await page.locator("[data-notice=scriptLoading]:visible").waitFor();
    answer.resolve();
    await page.locator("[data-notice=scriptUnloaded]:visible").waitFor();
    expect(await page.inputValue("#file")).toBe("");
    expect(server.wire.filter(({ path }) => path === "/parts" || path.startsWith("/reports"))).toEqual([]);
    await send(page);
    await thanked(page);
  });

  test("a press without words is answered before anything is sent; without script no file is asked for", async () => {
    await using visitor = await opened("/");
    const { page } = visitor;
    await choose(page, "note.txt", "text/plain", utf8("x"));
    await saying(page, "tel quel");
    await page.fill("#text", "  ");
    await send(page);
    await page.locator("[data-notice=empty]:visible").waitFor();
    expect(posted()).toEqual([]);
    await using plain = await opened("/", { script: false });
    expect(await plain.page.locator("#attach").isVisible()).toBe(false);
    expect(await plain.page.locator("#file").getAttribute("name")).toBeNull();
  });
});

/** A large file is made in the page, not carried there. */
function chooseZeros(page: Page, size: number): Promise<void> {
  return page.evaluate((length) => {
    const input = document.querySelector<HTMLInputElement>("#file")!;
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array(length)], "film.mp4", { type: "video/mp4" }));
    input.files = files.files;
    input.dispatchEvent(new Event("change"));
  }, size);
}

/** The markers of a JPEG's segments up to its picture. */
function segmentsOf(jpeg: Uint8Array): readonly number[] {
  const markers: number[] = [];
  let at = 2;
  while (jpeg[at] === 0xff && jpeg[at + 1] !== 0xda) {
    markers.push(jpeg[at + 1]!);
    at += 2 + jpeg[at + 2]! * 256 + jpeg[at + 3]!;
  }
  return markers;
}

function sizeOf(page: Page, file: Uint8Array): Promise<readonly number[]> {
  return page.evaluate(
    async (bytes) => {
      const { width, height } = await createImageBitmap(new Blob([Uint8Array.from(bytes)]));
      return [width, height];
    },
    Array.from(concat(file)),
  );
}
