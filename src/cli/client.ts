import { z } from "zod";
import { parsePartId, parseReportId, type PartId, type ReportId, type Sealed } from "../base/brand.ts";
import { base64url, fromBase64, fromBase64url } from "../base/bytes.ts";
import { codeOf, Fault, type FaultCode } from "../base/fault.ts";
import { codeIn, refusalCodes } from "../base/problem.ts";
import { askWithWork, workHeader } from "../envelope/work.ts";
import { signSignIn } from "../roster/signin.ts";
import type { Keys } from "../roster/identity.ts";

/** What the server lists; `sealed` is opened here and nowhere else. */
export interface InboxReport {
  readonly id: ReportId;
  readonly receivedDay: string;
  readonly sealed: Sealed;
}

const challenge = z.object({ instance: z.string(), nonce: z.string() });
const session = z.object({ token: z.string() });
const reportId = z.string().transform((text, context) => {
  const id = parseReportId(text);
  if (id !== null) return id;
  context.addIssue({ code: "custom" });
  return z.NEVER;
});
const sealed = z.string().transform((text, context) => {
  const bytes = fromBase64(text);
  if (bytes !== null) return bytes as Uint8Array as Sealed;
  context.addIssue({ code: "custom" });
  return z.NEVER;
});
const page = z.object({
  reports: z.array(z.object({ id: reportId, receivedDay: z.string(), sealed })),
  next: z.string().nullable(),
});

/** A reviewer's way to an instance. Every method rejects with `cli.unreachable` or the server's own code. */
export class Client {
  readonly #origin: string;
  #token: string | null = null;

  /** Throws `cli.usage` unless `url` is an http or https address. */
  constructor(url: string) {
    const parsed = URL.parse(url);
    if (parsed === null || !["http:", "https:"].includes(parsed.protocol)) throw new Fault("cli.usage");
    this.#origin = parsed.origin;
  }

  /** Bytes of a public file, such as `/keys/roster.note`. */
  async bytes(path: string): Promise<Uint8Array> {
    return new Uint8Array(await (await this.request(path)).arrayBuffer());
  }

  /** The note of a former roster, or null when the server has none of this serial. */
  async formerNote(serial: number): Promise<Uint8Array | null> {
    try {
      return await this.bytes(`/keys/roster/${serial}.note`);
    } catch (error) {
      if (codeOf(error) === "route.unknown") return null;
      throw error;
    }
  }

  /** Signs a challenge bound to the address that was typed and to the instance the anchors name. */
  async signIn(instance: string, keys: Keys): Promise<void> {
    const given = challenge.parse(await this.#post("/api/challenge", { reviewer: keys.id }));
    const nonce = fromBase64url(given.nonce);
    if (nonce === null) throw new Fault("session.refused");
    const signIn = { instance, origin: this.#origin, reviewer: keys.id, nonce };
    const { signature, auditSignature } = signSignIn(signIn, keys.signing);
    const signed = { signature: base64url(signature), auditSignature: base64url(auditSignature) };
    const body = { reviewer: keys.id, origin: this.#origin, nonce: given.nonce, ...signed };
    this.#token = session.parse(await this.#post("/api/session", body)).token;
  }

  /** Every sealed report of a desk, page after page. */
  async *inbox(desk: string): AsyncGenerator<InboxReport> {
    let after: string | null = null;
    do {
      const query = new URLSearchParams({ desk, ...(after === null ? {} : { after }) });
      const response = await this.request(`/api/inbox?${query.toString()}`);
      const { reports, next }: z.infer<typeof page> = page.parse(await response.json());
      yield* reports;
      after = next;
    } while (after !== null);
  }

  /** A part of an attachment, sealed as it came. Rejects with `attachment.gone` too. */
  async part(id: PartId): Promise<Sealed> {
    const headers = { "content-type": "application/json" };
    const asked = { method: "POST", headers, body: JSON.stringify({ id }) };
    return new Uint8Array(await (await this.request("/api/parts/sealed", asked)).arrayBuffer()) as Uint8Array as Sealed;
  }

  async signOut(): Promise<void> {
    await this.request("/api/session", { method: "DELETE" });
    this.#token = null;
  }

  /**
   * Posts bytes as anybody might: nothing in the request says who. Rejects with `bug` while signed in, since a session
   * beside an answer would tie the two.
   */
  async postOpenly(
    path: string,
    body: Uint8Array,
    contentType: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    if (this.#token !== null) throw new Fault("bug");
    const headers = { ...more, "content-type": contentType };
    await this.request(path, { method: "POST", headers, body: new Uint8Array(body) });
  }

  /** Puts a part of an attachment as anybody does: the first post is empty and gets the challenge, so that a part goes once. */
  async putPart(part: Sealed): Promise<PartId> {
    if (this.#token !== null) throw new Fault("bug");
    const type = { "content-type": "application/age" };
    const response = await askWithWork((work) => {
      const body = workHeader in work ? new Uint8Array(part) : new Uint8Array(0);
      return fetch(`${this.#origin}/parts`, { method: "POST", headers: { ...type, ...work }, body, redirect: "error" });
    }).catch((cause: unknown) => {
      throw new Fault("cli.unreachable", { cause });
    });
    const id = response.status === 201 ? parsePartId(await response.text()) : null;
    if (id === null) throw new Fault("cli.unreachable");
    return id;
  }

  /** One request, with the session if there is one, and with work if it is asked for. */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#token !== null) headers.set("authorization", `Bearer ${this.#token}`);
    const send = (): Promise<Response> => fetch(this.#origin + path, { ...init, headers, redirect: "error" });
    const response = await askWithWork((work) => {
      for (const [name, value] of Object.entries(work)) headers.set(name, value);
      // While files were opened here the server may have closed a connection, which shows only when it is used. To read
      // again changes nothing; whether a post arrived nobody knows.
      return init.method === undefined ? send().catch(send) : send();
    }).catch((cause: unknown) => {
      throw new Fault("cli.unreachable", { cause });
    });
    if (!response.ok) throw new Fault(await refusalOf(response));
    return response;
  }

  async #post(path: string, body: unknown): Promise<unknown> {
    const headers = { "content-type": "application/json" };
    return (await this.request(path, { method: "POST", headers, body: JSON.stringify(body) })).json();
  }
}

/** The server's code when it is one a reviewer can meet; anything else is a server that does not speak Gundo. */
async function refusalOf(response: Response): Promise<FaultCode> {
  const body = new Uint8Array(await response.arrayBuffer().catch(() => new ArrayBuffer(0)));
  return codeIn(body, refusalCodes) ?? "cli.unreachable";
}
