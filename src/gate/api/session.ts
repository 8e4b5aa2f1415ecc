import { z } from "zod";
import { challengeBody, sessionBody } from "../session.ts";
import type { ApiRoute } from "./describe.ts";
import { bytesText } from "./schemas.ts";

export const sessionApi: readonly ApiRoute[] = [
  {
    method: "post",
    path: "/api/challenge",
    summary: "A nonce to sign, for whatever name: it is good for two minutes and serves once",
    session: false,
    body: challengeBody,
    answers: {
      200: {
        says: "The instance and the nonce.",
        json: z.strictObject({ instance: z.string(), nonce: bytesText(32) }),
      },
    },
    problems: ["request.malformed"],
  },
  {
    method: "post",
    path: "/api/session",
    summary: "Signs in by two Ed25519 signatures: one over instance, origin, reviewer and nonce, one for the audit",
    session: false,
    body: sessionBody,
    answers: {
      201: {
        says: "A token, and when it ends in milliseconds since 1970.",
        json: z.strictObject({ token: bytesText(32), expires: z.int() }),
      },
    },
    problems: ["request.malformed", "session.refused"],
  },
  {
    method: "delete",
    path: "/api/session",
    summary: "Signs out; a token that is none is signed out already",
    session: false,
    answers: { 204: { says: "Signed out." } },
    problems: [],
  },
];
