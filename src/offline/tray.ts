import { equal } from "../base/bytes.ts";
import { recognise, type Content } from "./recognise.ts";

/** A file on the table: read from a stick, or made here. */
export interface TrayFile<Kind extends Content["kind"] = Content["kind"]> {
  /** Tells files of one name apart. */
  readonly key: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly content: Content & { readonly kind: Kind };
  /** Made here: only such a file needs saving. */
  readonly made: boolean;
  /** Made here and not saved yet: gone when the page is closed. */
  readonly unsaved: boolean;
}

/** The files on the table, in the order they came. In memory only. */
export class Tray {
  #files: readonly TrayFile[] = [];
  #next = 1;

  get files(): readonly TrayFile[] {
    return this.#files;
  }

  /** The file as it lies there; the very same bytes are not laid down twice. */
  add(name: string, bytes: Uint8Array): TrayFile {
    const there = this.#files.find((file) => equal(file.bytes, bytes));
    return there ?? this.#lay({ name, bytes, made: false, unsaved: false });
  }

  /** What was made here; it takes the place of the file of the key `replaces`, if any. */
  addMade(name: string, bytes: Uint8Array, replaces: string | null): TrayFile {
    if (replaces !== null) this.remove(replaces);
    return this.#lay({ name, bytes, made: true, unsaved: true });
  }

  remove(key: string): void {
    this.#files = this.#files.filter((file) => file.key !== key);
  }

  saved(key: string): void {
    this.#files = this.#files.map((file) => (file.key === key ? { ...file, unsaved: false } : file));
  }

  of<Kind extends Content["kind"]>(...kinds: readonly Kind[]): readonly TrayFile<Kind>[] {
    const isOfKind = (file: TrayFile): file is TrayFile<Kind> =>
      (kinds as readonly string[]).includes(file.content.kind);
    return this.#files.filter(isOfKind);
  }

  #lay(file: Omit<TrayFile, "key" | "content">): TrayFile {
    const laid = { ...file, key: String(this.#next++), content: recognise(file.bytes) };
    this.#files = [...this.#files, laid];
    return laid;
  }
}

/** The roster's newest papers first, a draft before notes of its number: what is worked on next, most often. */
export function newestFirst<File extends TrayFile<"draft" | "note" | "board">>(
  files: readonly File[],
): readonly File[] {
  const rank = ({ content }: File): number => {
    if (content.kind === "board") return content.change.anchors.serial;
    return content.kind === "draft" ? content.body.serial + 0.5 : content.body.serial;
  };
  return files.toSorted((a, b) => rank(b) - rank(a));
}
