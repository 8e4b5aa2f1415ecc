import { make } from "./element.ts";
import type { Session } from "./session.ts";
import type { TrayFile } from "./tray.ts";
import { describe } from "./words.ts";

/** The files on the table: laid down by a picker or by dropping them, saved by a link, nothing kept. */
export function drawTable(session: Session, addFiles: (files: FileList) => void): HTMLElement {
  const { words, tray } = session;
  const { table } = words;
  const picker = make("input", { type: "file", id: "picker", multiple: "", "aria-describedby": "table-hint" });
  picker.addEventListener("change", () => {
    if (picker.files !== null) addFiles(picker.files);
  });
  // A form only so that it says "off": a browser keeps the paths of files that were picked, outside of one too.
  const drop = make(
    "form",
    { class: "drop", autocomplete: "off" },
    picker,
    make("label", { for: "picker" }, table.add),
    make("p", { id: "table-hint", class: "hint" }, table.hint),
  );
  const list = make("ul", { class: "files" }, ...tray.files.map((file) => drawFile(session, file)));
  return make(
    "section",
    { id: "table", "aria-labelledby": "table-title" },
    make("h2", { id: "table-title" }, table.title),
    drop,
    tray.files.length === 0 ? make("p", { class: "hint" }, table.empty) : list,
  );
}

function drawFile(session: Session, file: TrayFile): HTMLElement {
  const { words, tray } = session;
  const { name, content, made, unsaved, key } = file;
  const remove = make("button", { type: "button", "aria-label": words.table.remove(name) }, "✕");
  remove.addEventListener("click", () => {
    tray.remove(key);
    session.show();
  });
  const bad = content.kind === "refused" || content.kind === "unknown";
  return make(
    "li",
    { class: bad ? "bad" : content.kind },
    make(
      "div",
      {},
      make("strong", {}, name),
      make("span", bad ? { class: "warn" } : {}, describe(words, content)),
      ...(unsaved ? [make("em", { class: "warn" }, words.table.unsaved)] : []),
    ),
    ...(made ? [saveLink(session, file)] : []),
    remove,
  );
}

const addresses = new WeakMap<Uint8Array, string>();

/** A link that saves the file; the browser asks nobody for it. */
export function saveLink(
  session: Session,
  { key, name, bytes }: Pick<TrayFile, "key" | "name" | "bytes">,
): HTMLElement {
  const link = make("a", { href: addressOf(bytes), download: name, class: "save" }, session.words.table.save(name));
  link.addEventListener("click", () => {
    session.tray.saved(key);
    // Once the click has done its work: a link that is gone by then saves nothing in some browsers.
    setTimeout(() => session.show());
  });
  return link;
}

function addressOf(bytes: Uint8Array): string {
  const address = addresses.get(bytes) ?? URL.createObjectURL(new Blob([new Uint8Array(bytes)]));
  addresses.set(bytes, address);
  return address;
}
