import type { JSX } from "preact";
import type { Act, OfficerDeed } from "../../release/deeds.ts";
import { perform } from "../../release/desk.ts";
import { releaseWords } from "../../release/words.ts";
import type { Period } from "../../../trends/period.ts";
import { useConsole, useStore } from "../context.ts";

interface DeedProps {
  readonly deed: OfficerDeed;
  readonly period: Period;
  /** Null while something is missing. */
  readonly act: Act | null;
}

/** One button of an officer, with what it does beside it. */
export function Deed({ deed, period, act }: DeedProps): JSX.Element {
  const { gundo, state } = useConsole();
  const { busy } = useStore(gundo.releases);
  const say = releaseWords[state.language];
  const hint = `hint-${deed}-${period}`;
  return (
    <p>
      <button
        type="button"
        class="go"
        data-deed={deed}
        aria-disabled={busy !== null || act === null}
        aria-describedby={hint}
        onClick={() => act !== null && void perform(gundo, { deed, period }, act)}
      >
        {say.deeds[deed]}
      </button>{" "}
      <span class="hint" id={hint}>
        {say.hints[deed]}
      </span>
    </p>
  );
}
