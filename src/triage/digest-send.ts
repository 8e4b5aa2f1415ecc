import { createTransport } from "nodemailer";
import type { UnixHour } from "../base/clock.ts";
import type { Secret } from "../base/secret.ts";
import { digestMail, digestText } from "./digest-words.ts";

/** Where a reminder goes: one request each, so that no message lists another's reader. */
export type DigestTarget =
  | { readonly kind: "email"; readonly to: Secret<string>; readonly from: string }
  | { readonly kind: "webhook" | "ntfy"; readonly url: Secret<string> };

/** `unknown`: it may have been sent, so it must not be tried again. */
type DigestOutcome = "sent" | "notSent" | "unknown";

export type SendDigest = (target: DigestTarget, hour: UnixHour) => Promise<DigestOutcome>;

const answerWithinMs = 10_000;

/** Sends by SMTP and HTTP. What a server says of a message, and how it refuses, is read for the outcome and dropped. */
export function digestSender(smtpUrl: Secret<string> | null): SendDigest {
  return (target, hour) => {
    if (target.kind !== "email") return post(target);
    return smtpUrl === null ? Promise.resolve("notSent") : mail(smtpUrl, target, hour);
  };
}

/** JSON as chat servers take it; to ntfy the bare text. */
async function post({ kind, url }: Exclude<DigestTarget, { kind: "email" }>): Promise<DigestOutcome> {
  const body = kind === "ntfy" ? digestText : JSON.stringify({ text: digestText });
  const type = kind === "ntfy" ? "text/plain" : "application/json";
  try {
    const response = await fetch(url.reveal(), {
      method: "POST",
      body,
      // Node's own name would be sent otherwise.
      headers: { "content-type": type, "user-agent": "-" },
      redirect: "manual",
      signal: AbortSignal.timeout(answerWithinMs),
    });
    await response.body?.cancel();
    return response.ok ? "sent" : "notSent";
  } catch (error) {
    return neverLeft(error instanceof Error ? error.cause : null) ? "notSent" : "unknown";
  }
}

type MailTarget = Extract<DigestTarget, { kind: "email" }>;

async function mail(smtpUrl: Secret<string>, { from, to }: MailTarget, hour: UnixHour): Promise<DigestOutcome> {
  const transport = createTransport(smtpSettings(new URL(smtpUrl.reveal())));
  try {
    const envelope = { from, to: [to.reveal()] };
    await transport.sendMail({ envelope, raw: Buffer.from(digestMail(from, to.reveal(), hour)) });
    return "sent";
  } catch (error) {
    return neverLeft(error) ? "notSent" : "unknown";
  } finally {
    transport.close();
  }
}

/**
 * No logger, no name of this machine, no file and no address that a message could have it fetch. Beyond this machine
 * never without TLS: who is reminded is as telling as anything.
 */
function smtpSettings({ protocol, hostname, port, username, password }: URL) {
  const secure = protocol === "smtps:";
  const near = /^(127\.0\.0\.1|localhost|\[::1\])$/.test(hostname);
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    ...(port === "" ? {} : { port: Number(port) }),
    secure,
    requireTLS: !secure && !near,
    ignoreTLS: !secure && near,
    ...(username === "" ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    name: "[127.0.0.1]",
    logger: false,
    debug: false,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: answerWithinMs,
    greetingTimeout: answerWithinMs,
    socketTimeout: answerWithinMs,
    dnsTimeout: answerWithinMs,
  } as const;
}

/** Whether the fault came before anything was handed over, or is the server's own refusal. Its words are not looked at. */
function neverLeft(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { code, syscall, responseCode } = error as Readonly<Record<string, unknown>>;
  const early = ["ENOTFOUND", "EAI_AGAIN", "EDNS", "EAUTH", "ETLS", "UND_ERR_CONNECT_TIMEOUT"];
  if (typeof responseCode === "number" && responseCode >= 400) return true;
  return syscall === "connect" || early.some((one) => one === code);
}
