import type { E164 } from "../base/brand.ts";
import type { Chance } from "../base/chance.ts";
import type { Clock } from "../base/clock.ts";
import { readReply } from "./call.ts";
import { deliver } from "./deliver.ts";
import { english } from "./en.ts";
import { french } from "./fr.ts";
import { drawHandset, mostUnits, type Handset, type Presses } from "./handset.ts";
import { cleared, press, type Key, type Mode, type Tap } from "./keypad.ts";
import { Labels } from "./labels.ts";
import { drawNotes, type Choices, type Notes } from "./notes.ts";
import { drawNumber } from "./number.ts";
import { newPhone, step, type Act, type Phone } from "./phone.ts";
import type { Post } from "./post.ts";
import type { Seen } from "./seen.ts";
import type { Settings } from "./settings.ts";
import type { SimulatorWords } from "./words.ts";

/** The page at work: keys in, posts out. All it knows is in its fields, and gone when the page is left. */
export class Page implements Presses, Choices {
  readonly handset: Handset;
  readonly notes: Notes;
  readonly #labels = new Labels();
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #chance: Chance;
  #words: SimulatorWords;
  #number: E164;
  #phone: Phone = newPhone;
  #mode: Mode = "digits";
  #tap: Tap | null = null;
  #seen: Seen | null = null;

  constructor(settings: Settings, language: string, clock: Clock, chance: Chance) {
    this.#settings = settings;
    this.#clock = clock;
    this.#chance = chance;
    this.#words = language === english.language ? english : french;
    this.#number = drawNumber(chance);
    this.handset = drawHandset(this.#labels, this);
    this.notes = drawNotes(this.#labels, this, settings.reader);
  }

  get labels(): Labels {
    return this.#labels;
  }

  get words(): SimulatorWords {
    return this.#words;
  }

  changeLanguage(): void {
    this.#words = this.#words === french ? english : french;
    this.show();
  }

  call(): void {
    this.#act({ act: "call", typed: this.handset.line.value });
  }

  ok(): void {
    this.#act({ act: "ok", typed: this.handset.line.value });
  }

  hangUp(): void {
    this.#act({ act: "hangUp" });
  }

  clear(): void {
    const { line } = this.handset;
    if (line.value === "") return this.#act({ act: "back" });
    line.value = cleared(line.value);
    this.edited();
  }

  changeMode(): void {
    this.#mode = this.#mode === "digits" ? "letters" : "digits";
    this.edited();
  }

  key(key: Key): void {
    const { line } = this.handset;
    if (line.readOnly) return;
    const before = { typed: line.value, tap: this.#tap };
    const after = press(before, key, this.#mode, this.#clock.nowMs(), mostUnits(this.#phone));
    line.value = after.typed;
    this.#tap = after.tap;
    this.show();
  }

  edited(): void {
    this.#tap = null;
    this.show();
  }

  number(number: E164): void {
    this.#number = number;
    this.received([]);
    this.show();
  }

  get ownNumber(): E164 {
    return this.#number;
  }

  /** Draws only when there is something new: whoever reads the screen is not interrupted. */
  received(texts: readonly string[]): void {
    if (texts.join("\n") !== this.#phone.received.join("\n")) this.#act({ act: "received", texts });
  }

  anotherNumber(): void {
    this.number(drawNumber(this.#chance));
  }

  numberLeft(): void {
    this.show();
  }

  show(): void {
    const { at } = this.#phone.place;
    document.documentElement.lang = this.#words.language;
    document.title = this.#words.title;
    this.#labels.say(this.#words);
    this.handset.show(this.#phone, this.#mode, this.#words);
    this.notes.show(this.#number, at === "waiting" || at === "asked", this.#seen, this.#words);
  }

  #act(act: Act): void {
    const { place } = this.#phone;
    const { phone, posts } = step(this.#phone, act, {
      number: this.#number,
      clock: this.#clock,
      chance: this.#chance,
    });
    this.#phone = phone;
    if (phone.place !== place) {
      this.handset.line.value = "";
      this.#mode = phone.place.at === "writing" ? "letters" : "digits";
      this.#tap = null;
    }
    for (const post of posts) void this.#send(post);
    this.show();
  }

  async #send(post: Post): Promise<void> {
    const sent = { post, response: "" };
    this.#seen = sent;
    const { status, body } = await deliver(this.#settings.gatewaySecret, post);
    if (this.#seen === sent) this.#seen = { post, response: body };
    if (post.kind === "ussd") this.#act({ act: "reply", sessionId: post.id, reply: readReply(status, body) });
    if (post.kind === "sms") this.#act({ act: "taken", id: post.id, ok: status === 200 });
  }
}
