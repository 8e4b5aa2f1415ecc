import { Fault } from "../base/fault.ts";
import type { Tray, TrayFile } from "./tray.ts";
import type { Content } from "./recognise.ts";

/** What was typed and chosen, by the field's name, so that it outlives a change of language. In memory only. */
export class Typed {
  readonly #texts = new Map<string, string>();
  readonly #secrets = new Set<string>();

  text(name: string): string {
    return this.#texts.get(name) ?? "";
  }

  /** The text, without spaces around it. Throws `ceremony.incomplete` when there is none. */
  needed(name: string): string {
    const text = this.text(name).trim();
    if (text === "") throw new Fault("ceremony.incomplete");
    return text;
  }

  isTicked(name: string): boolean {
    return this.text(name) !== "";
  }

  /** Items between commas, or none. */
  list(name: string): readonly string[] {
    return this.text(name)
      .split(/[,;\s]+/)
      .filter((item) => item !== "");
  }

  /** The file chosen. Throws `ceremony.incomplete` when none is. */
  file<Kind extends Content["kind"]>(name: string, tray: Tray, ...kinds: readonly Kind[]): TrayFile<Kind> {
    const file = tray.of(...kinds).find(({ key }) => key === this.text(name));
    if (file === undefined) throw new Fault("ceremony.incomplete");
    return file;
  }

  set(name: string, text: string): void {
    this.#texts.set(name, text);
  }

  /** The text a field begins with, unless something stands there. */
  begin(name: string, text: string): string {
    if (!this.#texts.has(name)) this.#texts.set(name, text);
    return this.text(name);
  }

  setSecret(name: string, text: string): void {
    this.#secrets.add(name);
    this.set(name, text);
  }

  /** A step's own fields, once it is done. */
  forget(prefix: string): void {
    for (const name of this.#texts.keys()) if (name.startsWith(prefix)) this.#texts.delete(name);
  }

  forgetSecrets(): void {
    for (const name of this.#secrets) this.#texts.delete(name);
    this.#secrets.clear();
  }
}
