import { Hono, type Context, type Handler } from "hono";
import { fromUtf8, utf8 } from "../base/bytes.ts";
import type { ReadingStep } from "../dialogue/words-reading.ts";
import { readPageForm, type FormFields } from "../dialogue/words-page.ts";
import { phoneDesk } from "../intake/edge.ts";
import type { PhoneEdge } from "../intake/ussd.ts";
import { formatReceipt } from "../mailbox/receipt.ts";
import { fingerprint } from "../roster/fingerprint.ts";
import { organisationsOf } from "../roster/organisations.ts";
import { readBody } from "./body.ts";
import type { PageAssets, Packed } from "./page/assets.ts";
import { closedFor } from "./page/closed.ts";
import { pageLanguages } from "./page/languages.ts";
import { pageHeaders } from "./page/policy.ts";
import {
  closedPageHtml,
  conversationPageHtml,
  forgottenPageHtml,
  pageHtml,
  thanksPageHtml,
  type PageView,
} from "./page/render.ts";
import { packedResponse, streamedResponse } from "./page/response.ts";
import { sendEntry } from "./page/send.ts";
import { numbersIn, stepIn, takeStep, type StepOutcome, type StepParts } from "./page/steps.ts";
import { pageStyle } from "./page/style.ts";
import type { PageWords } from "./page/words.ts";
import { problem } from "./problem.ts";

/** What the informant's page is served from. */
export interface PageParts extends StepParts {
  readonly edge: StepParts["edge"] & Pick<PhoneEdge, "settings">;
  readonly assets: PageAssets;
  /** Whom to call in danger: said while nothing can be sent. */
  readonly helpNumber: string;
}

/** Words far past what can be sent still come back into the form: nothing typed is lost. */
const mostFormBytes = 262_144;
/** Somewhere that nobody is asked about. */
const elsewhere = "https://www.wikipedia.org/";

/**
 * `GET /` and `/en`: the page, or while no roster is in force a 503 that says what else to do; `POST` to either: the words of who has no script, sealed here (web.md). `/form.js` is what
 * the page loads after its first paint, `/exit` where it goes in a hurry.
 */
export function pageRoutes(parts: PageParts): Hono {
  const routes = new Hono();
  const pages = keptPages(parts);
  const closed = closedFor(parts.edge.roster, parts.emit);
  for (const words of pageLanguages) {
    const unlessClosed =
      (answer: (context: Context) => Promise<Response>): Handler =>
      (context) =>
        closed() ? closedPage(parts, words, context) : answer(context);
    routes.get(
      words.path,
      unlessClosed(async (context) => {
        const foreignScript = hasForeignScript(context);
        const headers = pageHeaders(foreignScript ? null : parts.assets.first, pageStyle);
        return packedResponse(context, await pages(words, foreignScript), headers);
      }),
    );
    routes.post(
      words.path,
      unlessClosed((context) => takeForm(parts, words, context)),
    );
  }
  const script = { "content-type": "text/javascript; charset=utf-8" };
  routes.get("/form.js", (context) => packedResponse(context, parts.assets.script, script));
  routes.get("/read.js", (context) => packedResponse(context, parts.assets.reading, script));
  routes.get("/attach.js", (context) => packedResponse(context, parts.assets.attaching, script));
  return routes.get("/exit", () => {
    const headers = { location: elsewhere, "clear-site-data": '"cache", "cookies", "storage"' };
    return new Response(null, { status: 303, headers });
  });
}

async function closedPage({ helpNumber }: PageParts, words: PageWords, context: Context): Promise<Response> {
  return streamedResponse(context, 503, await closedPageHtml(words, helpNumber), pageHeaders(null, pageStyle));
}

const nothing: FormFields = { getAll: () => [] };

/** Empty pages, made and compressed once for each roster: every visitor of a language gets the same bytes. */
function keptPages(parts: PageParts): (words: PageWords, foreignScript: boolean) => Promise<Packed> {
  let kept = new Map<string, Promise<Packed>>();
  let madeFor: Uint8Array | null = null;
  return (words, foreignScript) => {
    const { noteHash } = parts.edge.roster();
    if (noteHash !== madeFor) [kept, madeFor] = [new Map(), noteHash];
    const name = `${words.path} ${foreignScript}`;
    const found = kept.get(name);
    if (found !== undefined) return found;
    const view = viewOf(parts, words, foreignScript, { filled: nothing, notice: null, readNotice: null });
    const made = pageHtml(view).then((page) => parts.assets.pack(utf8(page)));
    kept.set(name, made);
    return made;
  };
}

function viewOf(
  { edge, assets }: PageParts,
  words: PageWords,
  foreignScript: boolean,
  shown: Pick<PageView, "filled" | "notice" | "readNotice">,
): PageView {
  const roster = edge.roster();
  return {
    words,
    foreignScript,
    ...shown,
    first: assets.first,
    categories: edge.settings().categories,
    organisations: organisationsOf(roster, phoneDesk(roster)),
    fingerprint: fingerprint("gundo/roster/v1", roster.noteHash),
  };
}

/** Browsers whose pages are made on a company's machines; the name is looked at and kept nowhere. */
function hasForeignScript(context: Context): boolean {
  return /Opera Mini|UCWEB|Puffin/i.test(context.req.header("user-agent") ?? "");
}

async function takeForm(parts: PageParts, words: PageWords, context: Context): Promise<Response> {
  const body = await readBody(context.req.raw, mostFormBytes);
  const text = body === null ? null : fromUtf8(body);
  if (text === null) return problem(body === null ? "request.tooLarge" : "request.malformed");
  const filled = new URLSearchParams(text);
  const step = stepIn(filled);
  if (step !== null) return answerStep(parts, words, context, step, filled);
  const reading = readPageForm(filled);
  const sent = reading.ok ? await sendEntry(parts, words, reading.entry) : reading.notice;
  if (typeof sent !== "string")
    return streamedResponse(context, 200, await thanksPageHtml({ words, ...sent }), pageHeaders(null, pageStyle));
  const status = sent === "notSent" ? 503 : 422;
  return wholePage(parts, words, context, status, { filled, notice: sent, readNotice: null });
}

/** The whole page again, with what was typed and why it was not taken. */
async function wholePage(
  parts: PageParts,
  words: PageWords,
  context: Context,
  status: number,
  shown: Pick<PageView, "filled" | "notice" | "readNotice">,
): Promise<Response> {
  const foreignScript = hasForeignScript(context);
  const page = await pageHtml(viewOf(parts, words, foreignScript, shown));
  const headers = pageHeaders(foreignScript ? null : parts.assets.first, pageStyle);
  return streamedResponse(context, status, page, headers);
}

/** Reading and what follows it, for who has no script. */
async function answerStep(
  parts: PageParts,
  words: PageWords,
  context: Context,
  step: ReadingStep,
  filled: FormFields,
): Promise<Response> {
  const outcome = await takeStep(parts, words, step, filled);
  if (outcome.kind === "refused") {
    const { notice: readNotice } = outcome;
    return wholePage(parts, words, context, readNotice === "later" ? 503 : 422, { filled, notice: null, readNotice });
  }
  const page = await stepPage(parts, words, filled, outcome);
  return streamedResponse(context, 200, page, pageHeaders(null, pageStyle));
}

function stepPage(
  { edge }: PageParts,
  words: PageWords,
  filled: FormFields,
  outcome: Exclude<StepOutcome, { kind: "refused" }>,
): Promise<string> {
  if (outcome.kind === "forgotten") return forgottenPageHtml(words);
  if (outcome.kind === "exchanged") {
    const { notices, exchanged } = words.reading;
    const says = outcome.stillOpen ? notices.stillOpen : exchanged;
    return thanksPageHtml({ words, numbers: formatReceipt(outcome.receipt), says });
  }
  const { conversation, notice } = outcome;
  const roster = edge.roster();
  return conversationPageHtml({
    words,
    conversation,
    notice,
    numbers: numbersIn(filled),
    organisations: organisationsOf(roster, phoneDesk(roster)),
    filled: notice === "sent" ? nothing : filled,
  });
}
