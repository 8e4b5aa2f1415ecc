import { categories, groups, taxonomyVersion } from "./categories.ts";
import { geographyVersion, malianRegions } from "./places.ts";

/** What an instance counts by before it has settled its own: the key-space that a plan proposes. */
export const countedBy = countedWith({ version: taxonomyVersion, categories, groups });

/** What an instance with these categories counts by. */
export function countedWith<Taxonomy>(taxonomy: Taxonomy) {
  const regions = malianRegions.map(({ code, name }) => ({ code, name }));
  return { taxonomy, geography: { version: geographyVersion, regions } };
}
