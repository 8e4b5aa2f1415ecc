import type { ApiRoute } from "./describe.ts";

export const rosterApi: readonly ApiRoute[] = [
  {
    method: "get",
    path: "/api/roster",
    summary: "The roster's signed note; held until there is another when If-None-Match names this one",
    session: true,
    headers: [{ name: "If-None-Match", says: "The ETag of the note that is known.", required: false }],
    answers: {
      200: { says: "A signed note.", text: true, etag: true },
      304: { says: "No other note within 25 s.", etag: true },
    },
    problems: ["session.required", "forbidden"],
  },
];
