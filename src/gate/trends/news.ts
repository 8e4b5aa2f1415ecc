import { outputWords } from "../../trends/publish/languages.ts";
import { newsScreens } from "../../trends/publish/news.ts";
import type { News } from "../../dialogue/settings.ts";
import { latestOf, type TrendSource } from "./source.ts";

/** What phones show of the latest release there is, or null before the first. Rejects as the source does. */
export async function newsIn(source: TrendSource): Promise<News | null> {
  const released = latestOf(await source.read());
  if (released === null) return null;
  const { fr, en } = outputWords;
  return {
    fr: newsScreens(released.content, fr.language),
    en: newsScreens(released.content, en.language),
  };
}
