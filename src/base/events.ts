import type { Brand } from "./brand.ts";
import { isoHour, type Clock } from "./clock.ts";
import type { FaultCode } from "./fault.ts";

/** An address of this instance's own, out of its configuration: never a request's. */
export type OwnAddress = Brand<string, "OwnAddress">;

type Part =
  | "store"
  | "queue"
  | "gate"
  | "roster"
  | "gateway"
  | "mix"
  | "triage"
  | "mailbox"
  | "sweep"
  | "decoys"
  | "audit"
  | "relay"
  | "outbox"
  | "digest"
  | "trends";
type Screen = "page" | "simulator" | "console" | "trends" | "gateway";

/** Everything Gundo ever says about itself. Closed, without free text and without numbers: nothing about a request fits. */
export type Event =
  | { readonly event: "started"; readonly part: Part }
  | { readonly event: "stopped"; readonly part: Part }
  | { readonly event: "failed"; readonly part: Part; readonly code: FaultCode }
  | { readonly event: "recovered"; readonly part: Part }
  | { readonly event: "roster.expiring" }
  | { readonly event: "limit.reached" }
  | { readonly event: "ready"; readonly screen: Screen; readonly address: OwnAddress };

/** Sentences for the operator out of Gundo's own tables, such as why it did not start: never a request's words. */
export type OperatorText = Brand<string, "OperatorText">;

/** Where events go. Tests hand in their own. */
export type Emit = (event: Event) => void;

/** One line an event on standard output, dated to the hour. */
export function emitTo(write: (line: string) => void, clock: Clock): Emit {
  return (event) => {
    const { event: name, ...rest } = event;
    write([isoHour(clock.nowMs()), name, ...Object.values(rest)].join(" "));
  };
}

/** Events on standard output. */
export function consoleEvents(clock: Clock): Emit {
  return emitTo((line) => console.log(line), clock);
}

/** Sentences for the operator on standard error. */
export function tellOperator(text: OperatorText): void {
  console.error(text);
}
