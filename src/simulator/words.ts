import type { EndStatus } from "./post.ts";
import type { SentSms } from "./phone.ts";

/** Every word around the phone, and its own menus, in one language. What a call shows comes from the gateway. */
export interface SimulatorWords {
  readonly language: "fr" | "en";
  readonly title: string;
  readonly intro: string;
  /** The button that changes to the other language, in that language. */
  readonly other: { readonly language: "fr" | "en"; readonly name: string };

  readonly phone: string;
  readonly screen: string;
  readonly line: string;
  readonly keys: string;
  readonly call: string;
  readonly hangUp: string;
  readonly clear: string;
  readonly hint: string;

  readonly idle: string;
  readonly waiting: string;
  readonly failed: string;
  readonly unknownCode: string;
  readonly messages: string;
  readonly writing: string;
  readonly sentTitle: string;
  readonly nothingSent: string;
  readonly receivedTitle: string;
  /** Under the first screen, once there is one. */
  readonly newSms: string;
  readonly sms: Readonly<Record<SentSms["state"], string>>;

  readonly numberTitle: string;
  readonly numberHint: string;
  readonly lastFour: string;
  readonly anotherNumber: string;

  readonly seenTitle: string;
  readonly seen: string;
  readonly nothingSeen: string;
  readonly from: string;
  readonly dialled: string;
  readonly typed: string;
  readonly shown: string;
  readonly end: string;
  readonly ends: Readonly<Record<EndStatus, string>>;
  readonly exact: string;
  readonly afterwards: string;

  readonly readTitle: string;
  readonly read: string;
  readonly command: string;
  readonly readHint: string;
}
