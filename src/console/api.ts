import { parsePartId, type DeskId, type Door, type PartId, type ReportId, type Sealed } from "../base/brand.ts";
import { base64url, fromBase64url } from "../base/bytes.ts";
import { codeOf, Fault, type FaultCode } from "../base/fault.ts";
import { codeIn, refusalCodes } from "../base/problem.ts";
import { parseJsonBytes, strictList, strictRecord, strictText } from "../base/strict.ts";
import { askWithWork, workHeader, type WorkChallenge } from "../envelope/work.ts";
import type { Keys } from "../roster/identity.ts";
import { signSignIn } from "../roster/signin.ts";
import { readFacts, readListed, readSealed, type ListedReport } from "./answers.ts";
import type { CaseFacts } from "./inbox/item.ts";
import type { SealedFile } from "./openers/orders.ts";

/** Who the session is for, kept in memory so that it can be opened again. */
export interface Signer {
  readonly instance: string;
  readonly keys: Keys;
}

/**
 * The way to the server this page came from. Every method rejects with the server's own code, or with `core.unavailable`
 * when it did not answer. What wants a session opens one by signing, and again when it has ended.
 */
export class Api {
  readonly #solve: (asked: WorkChallenge) => Promise<string>;
  #signer: Signer | null = null;
  #token: string | null = null;

  constructor(solve: (asked: WorkChallenge) => Promise<string>) {
    this.#solve = solve;
  }

  /** Signs in (roster/signin.ts): bound to this page's own origin. Rejects with `session.refused`. */
  async signIn(signer: Signer): Promise<void> {
    this.#signer = signer;
    this.#token = null;
    const { instance, keys } = signer;
    const given = strictRecord(await this.#sendJson("/api/challenge", { reviewer: keys.id }), ["instance", "nonce"]);
    const nonce = fromBase64url(strictText(given?.["nonce"], /^/) ?? "");
    if (nonce === null) throw new Fault("session.refused");
    const { origin } = location;
    const { signature, auditSignature } = signSignIn({ instance, origin, reviewer: keys.id, nonce }, keys.signing);
    const signed = { signature: base64url(signature), auditSignature: base64url(auditSignature) };
    const body = { reviewer: keys.id, origin, nonce: base64url(nonce), ...signed };
    const opened = strictRecord(await this.#sendJson("/api/session", body), ["token", "expires"]);
    const token = strictText(opened?.["token"], /^[\w-]{43}$/);
    if (token === null) throw new Fault("session.refused");
    this.#token = token;
  }

  /** Ends the session; a server that does not answer ends it by itself within a quarter of an hour. */
  async signOut(): Promise<void> {
    const token = this.#token;
    this.#signer = null;
    this.#token = null;
    if (token === null) return;
    const headers = { authorization: `Bearer ${token}` };
    await ask("/api/session", { method: "DELETE", headers, keepalive: true });
  }

  /** A public file, such as `/keys/roster.note`; null when there is none. */
  async publicBytes(path: string): Promise<Uint8Array | null> {
    const response = await ask(path, {});
    if (response.status === 404) return null;
    if (!response.ok) throw new Fault(await refusalOf(response));
    return new Uint8Array(await response.arrayBuffer());
  }

  /** The roster's note once it is another than the one of this tag, or null when none came within the time it is held. */
  async rosterAfter(tag: string, signal: AbortSignal): Promise<{ tag: string; note: Uint8Array } | null> {
    const response = await this.request("/api/roster", { headers: { "if-none-match": tag }, signal });
    if (response.status === 304) return null;
    return { tag: response.headers.get("etag") ?? "", note: new Uint8Array(await response.arrayBuffer()) };
  }

  /** A page of a desk's list, newest day first. */
  async list(desk: DeskId, after: string | null): Promise<{ reports: readonly ListedReport[]; next: string | null }> {
    const query = new URLSearchParams({ desk, ...(after !== null && { after }) });
    const page = strictRecord(await this.json(`/api/inbox/ids?${query.toString()}`), ["reports", "next"]);
    const reports = strictList(page?.["reports"], readListed);
    const next = page?.["next"] === null ? null : strictText(page?.["next"], /^/);
    if (reports === null) throw new Fault("request.malformed");
    return { reports, next };
  }

  /** At most fifty files by id; one that is gone meanwhile is left out. */
  async sealed(desk: DeskId, ids: readonly ReportId[]): Promise<readonly SealedFile[]> {
    const answer = strictRecord(await this.json("/api/inbox/sealed", { desk, ids }), ["reports"]);
    const files = strictList(answer?.["reports"], readSealed);
    if (files === null) throw new Fault("request.malformed");
    return files;
  }

  /** What the core says of the cases behind at most 500 doors, in their order. */
  async states(doors: readonly Door[]): Promise<readonly (CaseFacts | null)[]> {
    const body = { doors: doors.map((door) => base64url(door)) };
    const answer = strictRecord(await this.json("/api/case/states", body), ["cases"]);
    const cases = strictList(answer?.["cases"], readFacts);
    if (cases?.length !== doors.length) throw new Fault("request.malformed");
    return cases.map(({ facts }) => facts);
  }

  /** JSON of a route that wants a session; posts when there is a body. */
  async json(path: string, body?: object): Promise<unknown> {
    const headers = { "content-type": "application/json" };
    const init = body === undefined ? {} : { method: "POST", headers, body: JSON.stringify(body) };
    return jsonIn(await this.request(path, init));
  }

  /** Any route that wants a session. A session that has ended is opened again, once, from memory. */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    try {
      return await this.#withToken(path, init);
    } catch (error) {
      if (codeOf(error) !== "session.required" || this.#signer === null) throw error;
      await this.signIn(this.#signer);
      return this.#withToken(path, init);
    }
  }

  /** Posts bytes as anybody might: no session goes along, and nothing in the request says who. */
  async postOpenly(
    path: string,
    body: Uint8Array,
    contentType: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const headers = { "content-type": contentType, ...more };
    const response = await askWithWork(
      (work) => ask(path, { method: "POST", headers: { ...headers, ...work }, body: new Uint8Array(body) }),
      this.#solve,
    );
    if (!response.ok) throw new Fault(await refusalOf(response));
  }

  /** Puts a part of an attachment as anybody does: the first post is empty and gets the challenge, so that a part goes once. */
  async putPart(sealed: Sealed): Promise<PartId> {
    const type = { "content-type": "application/age" };
    const response = await askWithWork((work) => {
      const body = workHeader in work ? new Uint8Array(sealed) : new Uint8Array(0);
      return ask("/parts", { method: "POST", headers: { ...type, ...work }, body });
    }, this.#solve);
    const id = response.status === 201 ? parsePartId(await response.text()) : null;
    if (id === null) throw new Fault("core.unavailable");
    return id;
  }

  async #withToken(path: string, init: RequestInit): Promise<Response> {
    if (this.#token === null) throw new Fault("session.required");
    const headers = new Headers(init.headers);
    headers.set("authorization", `Bearer ${this.#token}`);
    const response = await ask(path, { ...init, headers });
    if (!response.ok && ![304, 409].includes(response.status)) throw new Fault(await refusalOf(response));
    return response;
  }

  async #sendJson(path: string, body: object): Promise<unknown> {
    const headers = { "content-type": "application/json" };
    const response = await ask(path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Fault(await refusalOf(response));
    return jsonIn(response);
  }
}

/** Without cookies, referrer or cache, and following nothing; the body has come whole, or the server is as good as away. */
async function ask(path: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(path, { ...init, redirect: "error", credentials: "omit", cache: "no-store" });
    const { status, headers } = response;
    const body = await response.arrayBuffer();
    return new Response([204, 304].includes(status) ? null : body, { status, headers });
  } catch (cause) {
    throw new Fault("core.unavailable", { cause });
  }
}

/** Undefined for what is no JSON: whoever reads it finds that it is not what was asked for. */
async function jsonIn(response: Response): Promise<unknown> {
  return parseJsonBytes(new Uint8Array(await response.arrayBuffer()));
}

/** The server's code when it is one a reviewer can meet; anything else is a server that does not speak Gundo. */
async function refusalOf(response: Response): Promise<FaultCode> {
  return codeIn(new Uint8Array(await response.arrayBuffer()), refusalCodes) ?? "core.unavailable";
}
