import type { E164 } from "../base/brand.ts";
import type { Chance } from "../base/chance.ts";
import type { Clock } from "../base/clock.ts";
import { dialled, serviceCode, withAnswer, type Call, type Reply } from "./call.ts";
import { endPost, newSessionId, smsPost, turnPost, type Post } from "./post.ts";

/** What the phone is showing. */
type Place =
  | { readonly at: "idle" | "unknownCode" | "failed" | "messages" | "writing" | "sent" | "received" }
  | { readonly at: "waiting"; readonly call: Call }
  | { readonly at: "asked"; readonly call: Call; readonly screen: string }
  | { readonly at: "over"; readonly screen: string };

/** A text in the phone's list; `refused` when the gateway could not take it, so that nobody reads it as sent. */
export interface SentSms {
  readonly id: string;
  readonly text: string;
  readonly state: "sending" | "sent" | "refused";
}

export interface Phone {
  readonly place: Place;
  readonly sent: readonly SentSms[];
  /** What this number was sent, oldest first. */
  readonly received: readonly string[];
}

/** What happens to a phone. `typed` is what stands in its line. */
export type Act =
  | { readonly act: "call"; readonly typed: string }
  | { readonly act: "ok"; readonly typed: string }
  /** `C` with nothing left to clear. */
  | { readonly act: "back" }
  | { readonly act: "hangUp" }
  | { readonly act: "reply"; readonly sessionId: string; readonly reply: Reply }
  | { readonly act: "received"; readonly texts: readonly string[] }
  | { readonly act: "taken"; readonly id: string; readonly ok: boolean };

/** The world a phone acts in. */
export interface World {
  readonly number: E164;
  readonly clock: Clock;
  readonly chance: Chance;
}

/** The phone after an act, and what the provider posts because of it. */
export interface Step {
  readonly phone: Phone;
  readonly posts: readonly Post[];
}

export const newPhone: Phone = { place: { at: "idle" }, sent: [], received: [] };

/** What an act leads to; a pure function, chance and time aside. An act that means nothing here changes nothing. */
export function step(phone: Phone, act: Act, world: World): Step {
  if (act.act === "call") return pressCall(phone, act.typed, world);
  if (act.act === "ok") return pressOk(phone, act.typed, world);
  if (act.act === "back") return quiet(phone, back(phone.place));
  if (act.act === "hangUp") return hangUp(phone, world);
  if (act.act === "reply") return takeReply(phone, act.sessionId, act.reply, world);
  if (act.act === "received") return { phone: { ...phone, received: act.texts }, posts: [] };
  return { phone: { ...phone, sent: phone.sent.map((sms) => settled(sms, act.id, act.ok)) }, posts: [] };
}

function quiet(phone: Phone, place: Place): Step {
  return { phone: { ...phone, place }, posts: [] };
}

/** Green: dials what is typed, the tip line when nothing is; within a call it sends the answer, as OK does. */
function pressCall(phone: Phone, typed: string, world: World): Step {
  const { at } = phone.place;
  if (at === "asked") return pressOk(phone, typed, world);
  if (at === "waiting" || at === "writing") return quiet(phone, phone.place);
  return dial(phone, typed === "" ? serviceCode : typed, world);
}

function pressOk(phone: Phone, typed: string, world: World): Step {
  const { place } = phone;
  if (place.at === "idle" && typed !== "") return dial(phone, typed, world);
  const blank = typed.trim() === "";
  if (place.at === "asked" && !blank) return turn(phone, withAnswer(place.call, typed));
  if (place.at === "writing" && !blank) return sendSms(phone, typed, world);
  return quiet(phone, afterOk(place, typed));
}

const choices: Readonly<Record<string, "writing" | "sent" | "received">> = { 1: "writing", 2: "sent", 3: "received" };

function afterOk(place: Place, typed: string): Place {
  if (place.at === "idle" || place.at === "sent" || place.at === "received") return { at: "messages" };
  if (place.at === "messages") return { at: choices[typed] ?? "messages" };
  const closed = place.at === "over" || place.at === "failed" || place.at === "unknownCode";
  return closed ? { at: "idle" } : place;
}

function dial(phone: Phone, typed: string, { number, clock, chance }: World): Step {
  const text = dialled(typed);
  if (text === null) return quiet(phone, { at: "unknownCode" });
  const sessionId = newSessionId(chance);
  return turn(phone, { sessionId, number, text, startedMs: clock.nowMs(), hops: 1, lastResponse: "" });
}

function turn(phone: Phone, call: Call): Step {
  return { phone: { ...phone, place: { at: "waiting", call } }, posts: [turnPost(call)] };
}

function sendSms(phone: Phone, text: string, { number, clock, chance }: World): Step {
  const post = smsPost(number, text, clock.nowMs(), chance);
  const sent = [{ id: post.id, text, state: "sending" } as const, ...phone.sent];
  return { phone: { ...phone, place: { at: "sent" }, sent }, posts: [post] };
}

function back(place: Place): Place {
  if (place.at === "waiting" || place.at === "asked") return place;
  return { at: ["writing", "sent", "received"].includes(place.at) ? "messages" : "idle" };
}

/** Red: a call is cut, wherever it stands, and the provider says so at once. */
function hangUp(phone: Phone, { clock }: World): Step {
  const { place } = phone;
  const cut = place.at === "waiting" || place.at === "asked" ? [endPost(place.call, "Incomplete", clock.nowMs())] : [];
  return { phone: { ...phone, place: { at: "idle" } }, posts: cut };
}

/** An answer to a call that was cut meanwhile is shown to nobody. */
function takeReply(phone: Phone, sessionId: string, reply: Reply, { clock }: World): Step {
  const { place } = phone;
  if (place.at !== "waiting" || place.call.sessionId !== sessionId) return quiet(phone, place);
  if (reply.kind === "failed") {
    return { phone: { ...phone, place: { at: "failed" } }, posts: [endPost(place.call, "Failed", clock.nowMs())] };
  }
  const call = { ...place.call, lastResponse: reply.response };
  const { screen } = reply;
  if (reply.kind === "asks") return quiet(phone, { at: "asked", call, screen });
  return { phone: { ...phone, place: { at: "over", screen } }, posts: [endPost(call, "Success", clock.nowMs())] };
}

function settled(sms: SentSms, id: string, ok: boolean): SentSms {
  return sms.id === id ? { ...sms, state: ok ? "sent" : "refused" } : sms;
}
