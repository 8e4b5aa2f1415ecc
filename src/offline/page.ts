import type { Chance } from "../base/chance.ts";
import type { Clock } from "../base/clock.ts";
import { codeOf, Fault, type FaultCode } from "../base/fault.ts";
import { make } from "./element.ts";
import { english } from "./en.ts";
import { readFolder, type Folder } from "./folder.ts";
import { french } from "./fr.ts";
import type { Result, Session } from "./session.ts";
import { drawTable, saveLink } from "./table.ts";
import { taskIds, tasks, type TaskId } from "./tasks.ts";
import { Tray, type TrayFile } from "./tray.ts";
import { Typed } from "./typed.ts";
import type { OfflineWords } from "./words.ts";

/** How the last step ended. */
type Ending =
  | { readonly ended: "done"; readonly result: Result; readonly made: readonly TrayFile[] }
  | { readonly ended: "refused"; readonly code: FaultCode };

/** The page at work. All it knows is in its fields, and gone when the page is closed. */
export class Page implements Session {
  readonly tray = new Tray();
  readonly typed = new Typed();
  readonly clock: Clock;
  readonly chance: Chance;
  readonly #root: HTMLElement;
  #words: OfflineWords = french;
  #task: TaskId = "keys";
  #folder: Folder = new Map();
  #ending: Ending | null = null;

  constructor(root: HTMLElement, clock: Clock, chance: Chance) {
    this.#root = root;
    this.clock = clock;
    this.chance = chance;
  }

  get words(): OfflineWords {
    return this.#words;
  }

  get folder(): Folder {
    return this.#folder;
  }

  /** Whether closing the page now would lose something. */
  get holdsUnsaved(): boolean {
    return this.tray.files.some(({ unsaved }) => unsaved);
  }

  act(work: () => Result | Promise<Result>): void {
    void this.#do(work);
  }

  show(): void {
    const { activeElement } = document;
    document.documentElement.lang = this.#words.language;
    document.title = `Gundo · ${this.#words.title}`;
    this.#root.replaceChildren(this.#drawHeader(), this.#drawMain());
    // What had the focus was drawn anew.
    if (activeElement !== null && activeElement.id !== "") document.getElementById(activeElement.id)?.focus();
  }

  takeFolder(files: FileList): void {
    void this.#take(files);
  }

  async addFiles(files: FileList): Promise<void> {
    for (const file of files) this.tray.add(file.name, new Uint8Array(await file.arrayBuffer()));
    this.show();
  }

  async #take(files: FileList): Promise<void> {
    this.#folder = await readFolder(files);
    this.#ending = null;
    this.show();
  }

  async #do(work: () => Result | Promise<Result>): Promise<void> {
    this.#root.inert = true;
    document.getElementById("busy")!.textContent = this.#words.busy;
    // The key of a passphrase holds the thread for a second or more: the word must be on the screen first.
    await new Promise((painted) => setTimeout(painted, 50));
    this.#ending = await this.#endingOf(work);
    document.getElementById("busy")!.textContent = "";
    this.#root.inert = false;
    this.show();
    document.getElementById("ending")?.focus();
  }

  async #endingOf(work: () => Result | Promise<Result>): Promise<Ending> {
    try {
      const result = await work();
      if (result.refused === true) return { ended: "done", result, made: [] };
      this.typed.forgetSecrets();
      return { ended: "done", result, made: result.made.map((made) => this.#lay(made)) };
    } catch (error) {
      if (!(error instanceof Fault)) reportError(error);
      return { ended: "refused", code: codeOf(error) };
    }
  }

  #lay({ name, bytes, replaces, chosenIn }: Result["made"][number]): TrayFile {
    const file = this.tray.addMade(name, bytes, replaces ?? null);
    if (chosenIn !== undefined) this.typed.set(chosenIn, file.key);
    return file;
  }

  #drawHeader(): HTMLElement {
    const { title, intro, other } = this.#words;
    const language = make("button", { type: "button", id: "language", lang: other.language }, other.name);
    language.addEventListener("click", () => {
      this.#words = this.#words === french ? english : french;
      this.show();
    });
    const head = make("div", {}, make("p", { class: "brand" }, "Gundo"), make("h1", {}, title));
    return make("header", {}, head, language, make("p", { class: "intro" }, intro));
  }

  #drawMain(): HTMLElement {
    return make(
      "main",
      {},
      drawTable(this, (files) => void this.addFiles(files)),
      this.#drawTask(),
    );
  }

  #drawTask(): HTMLElement {
    const words = this.#words;
    return make(
      "section",
      { id: "task", "aria-labelledby": "tasks-title" },
      make("h2", { id: "tasks-title" }, words.tasksTitle),
      make("nav", { "aria-labelledby": "tasks-title" }, ...taskIds.map((id) => this.#drawChoice(id))),
      make("h2", { id: "task-title" }, words.tasks[this.#task]),
      ...this.#drawEnding(),
      ...tasks[this.#task](this),
    );
  }

  #drawChoice(id: TaskId): HTMLElement {
    const chosen: Readonly<Record<string, string>> = id === this.#task ? { "aria-current": "true" } : {};
    const button = make("button", { type: "button", id: `task-${id}`, ...chosen }, this.#words.tasks[id]);
    button.addEventListener("click", () => {
      this.#task = id;
      this.#ending = null;
      this.typed.forgetSecrets();
      this.show();
    });
    return button;
  }

  #drawEnding(): readonly HTMLElement[] {
    const ending = this.#ending;
    if (ending === null) return [];
    const words = this.#words;
    const refused = ending.ended === "refused" || ending.result.refused === true;
    const said = ending.ended === "refused" ? [make("p", {}, words.refusal(ending.code))] : ending.result.draw(words);
    const saves = ending.ended === "done" ? ending.made.map((file) => saveLink(this, file)) : [];
    const title = make("h3", {}, refused ? words.refusedTitle : words.resultTitle);
    return [
      make(
        "div",
        {
          id: "ending",
          class: refused ? "ending refused" : "ending",
          role: refused ? "alert" : "status",
          tabindex: "-1",
        },
        title,
        ...said,
        ...(saves.length === 0 ? [] : [make("p", { class: "saves" }, ...saves)]),
      ),
    ];
  }
}
