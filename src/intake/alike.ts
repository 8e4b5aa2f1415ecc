import type { SeenHash } from "../base/brand.ts";
import type { Chance } from "../base/chance.ts";
import type { Core } from "./core.ts";
import type { SeenKeys } from "./seen.ts";

/**
 * The core, handed everything alike: what has no provider's id gets random hashes, as many as an id would have. So
 * neither the core nor its table `seen` can tell a phone from a browser or a decoy, and any posting may be repeated.
 */
export function alike(core: Core, seenKeys: SeenKeys, chance: Chance): Core {
  return {
    accept: async (posting) => {
      if (posting.seen !== undefined) return core.accept(posting);
      const seen = seenKeys.live().map(() => chance.bytes(32) as Uint8Array as SeenHash);
      await core.accept({ ...posting, seen });
      // Nobody else has these hashes: when the core has seen them, an answer was lost and the posting was not.
      return "stored";
    },
  };
}
