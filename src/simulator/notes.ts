import type { E164 } from "../base/brand.ts";
import { inboxCommand, type Reader } from "./command.ts";
import { make } from "./element.ts";
import type { Labels } from "./labels.ts";
import { numberOf, testPrefix } from "./number.ts";
import { requestText, seenRows, type Seen } from "./seen.ts";
import type { SimulatorWords } from "./words.ts";

/** What a person chooses beside the phone. */
export interface Choices {
  number(number: E164): void;
  anotherNumber(): void;
  /** The field is left, whatever stands in it. */
  numberLeft(): void;
}

export interface Notes {
  readonly element: HTMLElement;
  /** `inCall`: the number stays as it is, since the operator knows whose call this is. */
  show(number: E164, inCall: boolean, seen: Seen | null, words: SimulatorWords): void;
}

/** What stands beside the phone: whose it is, who sees what, and how a report is read. */
export function drawNotes(labels: Labels, choices: Choices, reader: Reader): Notes {
  const number = drawNumberField(labels, choices);
  const seen = drawSeen(labels);
  const element = make("div", { class: "notes" }, number.element, seen.element, drawReading(labels, reader));
  return {
    element,
    show: (current, inCall, last, words) => {
      number.show(current, inCall);
      seen.show(last, words);
    },
  };
}

function section(labels: Labels, title: (words: SimulatorWords) => string, ...children: readonly Node[]): HTMLElement {
  return make("section", {}, labels.text(make("h2"), title), ...children);
}

interface NumberField {
  readonly element: HTMLElement;
  show(number: E164, inCall: boolean): void;
}

function drawNumberField(labels: Labels, choices: Choices): NumberField {
  const digits = { inputmode: "numeric", maxlength: "4", autocomplete: "off", "aria-describedby": "number-hint" };
  const field = make("input", { id: "last-four", ...digits });
  const another = labels.text(make("button", { type: "button", "data-key": "another" }), (w) => w.anotherNumber);
  field.addEventListener("input", () => {
    const number = numberOf(field.value);
    field.setAttribute("aria-invalid", String(number === null));
    if (number !== null) choices.number(number);
  });
  field.addEventListener("blur", () => choices.numberLeft());
  another.addEventListener("click", () => choices.anotherNumber());
  const element = section(
    labels,
    (words) => words.numberTitle,
    labels.text(make("p", { id: "number-hint" }), (words) => words.numberHint),
    labels.text(make("label", { for: "last-four" }), (words) => words.lastFour),
    make("p", { class: "row" }, field, another),
  );
  const show: NumberField["show"] = (number, inCall) => {
    field.readOnly = inCall;
    another.disabled = inCall;
    // What is half typed is left alone until the field is left.
    if (document.activeElement === field) return;
    field.value = number.slice(testPrefix.length);
    field.setAttribute("aria-invalid", "false");
  };
  return { element, show };
}

interface SeenPane {
  readonly element: HTMLElement;
  show(seen: Seen | null, words: SimulatorWords): void;
}

function drawSeen(labels: Labels): SeenPane {
  const rows = make("dl", { id: "seen" });
  const nothing = labels.text(make("p"), (words) => words.nothingSeen);
  const request = labels.named(make("pre", { id: "request", role: "region", tabindex: "0" }), (words) => words.exact);
  const exact = make(
    "details",
    {},
    labels.text(make("summary"), (words) => words.exact),
    request,
  );
  const element = section(
    labels,
    (words) => words.seenTitle,
    labels.text(make("p"), (words) => words.seen),
    nothing,
    rows,
    exact,
    labels.text(make("p"), (words) => words.afterwards),
  );
  const show: SeenPane["show"] = (seen, words) => {
    nothing.hidden = seen !== null;
    rows.hidden = exact.hidden = seen === null;
    if (seen === null) return;
    rows.replaceChildren(
      ...seenRows(seen, words).flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]),
    );
    request.textContent = requestText(seen);
  };
  return { element, show };
}

function drawReading(labels: Labels, reader: Reader): HTMLElement {
  const command = make("pre", { id: "command", role: "region", tabindex: "0" }, inboxCommand(location.origin, reader));
  return section(
    labels,
    (words) => words.readTitle,
    labels.text(make("p"), (words) => words.read),
    labels.named(command, (words) => words.command),
    labels.text(make("p"), (words) => words.readHint),
  );
}
