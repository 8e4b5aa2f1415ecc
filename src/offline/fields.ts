import { make } from "./element.ts";
import type { Result, Session } from "./session.ts";
import type { TrayFile } from "./tray.ts";
import { describe } from "./words.ts";

/** What a field asks for besides its label. */
export interface Asked {
  readonly hint?: string;
  readonly type?: "text" | "password" | "number" | "date";
  /** A pattern the whole text has. */
  readonly pattern?: string;
  readonly optional?: boolean;
  /** What stands there at first. */
  readonly start?: string;
}

/** A line to be typed. */
export function textField(session: Session, name: string, label: string, asked: Asked = {}): HTMLElement {
  const { typed } = session;
  const type = asked.type ?? "text";
  const input = make("input", {
    id: name,
    type,
    autocomplete: type === "password" ? "new-password" : "off",
    autocapitalize: "off",
    spellcheck: "false",
    ...(asked.pattern !== undefined && { pattern: asked.pattern }),
    ...(asked.optional !== true && { required: "" }),
    ...(asked.hint !== undefined && { "aria-describedby": `${name}-hint` }),
  });
  input.value = typed.begin(name, asked.start ?? "");
  input.addEventListener("input", () => {
    if (type === "password") typed.setSecret(name, input.value);
    else typed.set(name, input.value);
  });
  return labelled(name, label, asked.hint, input);
}

/** Several lines to be typed, secret ones. */
export function secretArea(session: Session, name: string, label: string, hint: string): HTMLElement {
  const area = make("textarea", { id: name, rows: "9", required: "", autocomplete: "off", spellcheck: "false" });
  area.setAttribute("aria-describedby", `${name}-hint`);
  area.value = session.typed.text(name);
  area.addEventListener("input", () => session.typed.setSecret(name, area.value));
  return labelled(name, label, hint, area);
}

/** One of a choice's options. */
export interface Option {
  readonly value: string;
  readonly text: string;
}

/** One of several; the first one until another is chosen. With none to choose from it is empty, and its hint says so. */
export function choiceField(
  session: Session,
  name: string,
  label: string,
  options: readonly Option[],
  hint?: string,
): HTMLElement {
  const { typed } = session;
  if (!options.some(({ value }) => value === typed.text(name))) typed.set(name, options[0]?.value ?? "");
  const select = make("select", { id: name, required: "", autocomplete: "off" });
  if (hint !== undefined) select.setAttribute("aria-describedby", `${name}-hint`);
  for (const { value, text } of options) select.append(make("option", { value }, text));
  if (options.length === 0) select.append(make("option", { value: "" }, "–"));
  select.value = typed.text(name);
  select.addEventListener("change", () => {
    typed.set(name, select.value);
    session.show();
  });
  return labelled(name, label, hint, select);
}

/** One of the files on the table; `missing` says which file to add when there is none. */
export function fileField(
  session: Session,
  name: string,
  label: string,
  files: readonly TrayFile[],
  missing: string,
): HTMLElement {
  const options = files.map(({ key, name: fileName, content }) => ({
    value: key,
    text: `${fileName} (${describe(session.words, content)})`,
  }));
  return choiceField(session, name, label, options, files.length === 0 ? missing : undefined);
}

/** A box to tick. */
export function tickField(session: Session, name: string, label: string, needed = false): HTMLElement {
  const { typed } = session;
  const box = make("input", { id: name, type: "checkbox", ...(needed && { required: "" }) });
  box.checked = typed.isTicked(name);
  box.addEventListener("change", () => typed.set(name, box.checked ? "yes" : ""));
  return make("div", { class: "tick" }, box, make("label", { for: name }, label));
}

/** Boxes to tick under one heading; what is ticked at first is in `start`. */
export function tickFields(
  session: Session,
  name: string,
  label: string,
  options: readonly Option[],
  start: readonly string[] = [],
): HTMLElement {
  const boxes = options.map(({ value, text }) => {
    session.typed.begin(`${name}.${value}`, start.includes(value) ? "yes" : "");
    return tickField(session, `${name}.${value}`, text);
  });
  return make("fieldset", {}, make("legend", {}, label), ...boxes);
}

/** Which of the boxes are ticked. */
export function ticked(session: Session, name: string, values: readonly string[]): readonly string[] {
  return values.filter((value) => session.typed.isTicked(`${name}.${value}`));
}

/** The fields of one step and the button that does it. */
export function stepForm(
  session: Session,
  fields: readonly Node[],
  label: string,
  work: () => Result | Promise<Result>,
): HTMLFormElement {
  const form = make("form", { autocomplete: "off" }, ...fields, make("button", { class: "act" }, label));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    session.act(work);
  });
  return form;
}

/** Fields that only choose what is shown: a form so that it says "off", since a browser keeps what stands in none. */
export function choosing(...fields: readonly Node[]): HTMLFormElement {
  return make("form", { autocomplete: "off" }, ...fields);
}

function labelled(name: string, label: string, hint: string | undefined, control: HTMLElement): HTMLElement {
  const field = make("div", { class: "field" }, make("label", { for: name }, label), control);
  if (hint !== undefined) field.append(make("p", { id: `${name}-hint`, class: "hint" }, hint));
  return field;
}
