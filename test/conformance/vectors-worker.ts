import { nobleDecapsulator } from "../../src/envelope/opener-noble.ts";
import { tryVectors, type AgeVector } from "./vectors.ts";

/** In workerd: the vectors come as JSON, and what became of them goes back. */
export default {
  async fetch(request: Request): Promise<Response> {
    return Response.json(tryVectors((await request.json()) as readonly AgeVector[], { noble: nobleDecapsulator }));
  },
};
