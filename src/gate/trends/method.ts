import { html } from "hono/html";
import type { ReleaseContent } from "../../trends/content.ts";
import { epsilonText } from "../../trends/epsilon.ts";
import type { Epsilon } from "../../trends/key-space.ts";
import { protectionOf } from "../../trends/publish/card.ts";
import { oddsFactor, posteriorBounds } from "../../trends/publish/odds.ts";
import type { Html } from "../page/html.ts";
import { scrolled } from "./tables.ts";
import type { TrendsWords } from "./words.ts";

const priors = [0.01, 0.1, 0.5];

/** The method for a minister, in one screen: what is done, what one can learn of one person, whom one has to trust. */
export function methodHtml(words: TrendsWords, content: Pick<ReleaseContent, "epsilon" | "keySpace">): Html {
  const { method: says } = words;
  const { one } = protectionOf(content);
  return html`<section class="box" id="method">
    <h2>${says.title}</h2>
    <ul>
      ${says.says.map((sentence) => html`<li>${sentence}</li>`)}
    </ul>
    <h3>${says.believedTitle}</h3>
    <p>${says.believed(epsilonText(one), says.decimal(oddsFactor(one).toFixed(2)))}</p>
    ${scrolled(says.believedTitle, believedTable(words, one))}
    <p>${says.days}</p>
    <p>${says.trust}</p>
  </section>`;
}

/** What a belief becomes at worst, for somebody who knows every other report. */
function believedTable({ method: says }: TrendsWords, epsilon: Epsilon): Html {
  const percent = (probability: number): string => says.decimal((100 * probability).toFixed(1));
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${says.before}</th>
        <th scope="col">${says.after}</th>
      </tr>
    </thead>
    <tbody>
      ${priors.map((prior) => {
        const { least, most } = posteriorBounds(prior, epsilon);
        return html`<tr>
          <td>${100 * prior} %</td>
          <td>${says.range(percent(least), percent(most))}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}
