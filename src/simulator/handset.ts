import { mostAnswerUnits } from "./call.ts";
import { make } from "./element.ts";
import { keypad, type Key, type Mode } from "./keypad.ts";
import type { Labels } from "./labels.ts";
import type { Phone } from "./phone.ts";
import { screenOf } from "./screens.ts";
import type { SimulatorWords } from "./words.ts";

/** What a person does with the phone. */
export interface Presses {
  call(): void;
  ok(): void;
  clear(): void;
  hangUp(): void;
  changeMode(): void;
  key(key: Key): void;
  /** The line was changed by a keyboard of the machine's own. */
  edited(): void;
}

export interface Handset {
  readonly element: HTMLElement;
  /** Where everything is typed: the keys write into it, a keyboard does too. */
  readonly line: HTMLTextAreaElement;
  show(phone: Phone, mode: Mode, words: SimulatorWords): void;
}

/** Ten messages of an SMS. */
const mostSmsUnits = 1530;

/** What the line holds at most where the phone stands now. */
export function mostUnits({ place }: Phone): number {
  return place.at === "writing" ? mostSmsUnits : mostAnswerUnits;
}

const typedAt: readonly Phone["place"]["at"][] = ["idle", "asked", "messages", "writing"];

/** The phone: screen, line and keys, all of them real buttons. */
export function drawHandset(labels: Labels, presses: Presses): Handset {
  const screen = make("p", { id: "screen", "aria-live": "polite" });
  const status = make("p", { id: "status" });
  const line = drawLine(labels, presses);
  const view = labels.named(make("div", { class: "view", role: "region", tabindex: "0" }, screen), (w) => w.screen);
  const { keys, mode: modeKey } = drawKeys(labels, presses);
  const element = labels.named(
    make("section", { class: "phone" }, make("div", { class: "lcd" }, view, line, status), keys),
    (words) => words.phone,
  );
  const show: Handset["show"] = (phone, mode, words) => {
    const text = screenOf(phone, words);
    // Said again to screen readers only when it is another screen.
    if (screen.textContent !== text) screen.textContent = text;
    line.maxLength = mostUnits(phone);
    line.readOnly = !typedAt.includes(phone.place.at);
    status.textContent = `${mode === "letters" ? "abc" : "123"}  ${line.value.length}/${line.maxLength}`;
    modeKey.setAttribute("aria-pressed", String(mode === "letters"));
  };
  return { element, line, show };
}

function drawLine(labels: Labels, presses: Presses): HTMLTextAreaElement {
  const quiet = { autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "send" };
  const line = labels.named(make("textarea", { id: "line", rows: "2", ...quiet }), (words) => words.line);
  line.addEventListener("input", () => presses.edited());
  line.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    presses.ok();
  });
  // Keyboards on a touch screen name no key: their Enter is known only by what it would write.
  line.addEventListener("beforeinput", (event) => {
    if (event.inputType !== "insertLineBreak") return;
    event.preventDefault();
    presses.ok();
  });
  return line;
}

function drawKeys(labels: Labels, presses: Presses): { keys: HTMLElement; mode: HTMLElement } {
  const mode = drawKey("mode", "123/abc", () => presses.changeMode());
  const keys = make("div", { class: "keys", role: "group" });
  keys.append(
    drawKey("ok", "OK", () => presses.ok()),
    mode,
    labels.named(
      drawKey("clear", "C", () => presses.clear()),
      (words) => `C, ${words.clear}`,
    ),
    labels.text(
      drawKey("call", "", () => presses.call()),
      (words) => words.call,
    ),
    labels.text(
      drawKey("hang-up", "", () => presses.hangUp()),
      (words) => words.hangUp,
    ),
    ...keypad.map(([key, letters]) => drawDigit(key, letters, presses)),
  );
  labels.named(keys, (words) => words.keys);
  return { keys, mode };
}

function drawDigit(key: Key, letters: string, presses: Presses): HTMLElement {
  const button = drawKey(key, key, () => presses.key(key));
  const plain = letters.replace(/[^a-z]/g, "");
  if (plain !== "") button.append(" ", make("small", {}, plain));
  return button;
}

function drawKey(name: string, text: string, press: () => void): HTMLButtonElement {
  const button = make("button", { type: "button", "data-key": name }, text);
  button.addEventListener("click", press);
  return button;
}
