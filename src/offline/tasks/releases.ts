import { rosterTrust } from "../../roster/release-trust.ts";
import { parsePeriod } from "../../trends/period.ts";
import { flawSentence, periodSentence, proofSentence, warningSentence } from "../../trends/verdict-words.ts";
import { verifyReleases, type ReleasesVerdict } from "../../trends/verify.ts";
import { lines, make } from "../element.ts";
import { fileField, stepForm } from "../fields.ts";
import type { Folder } from "../folder.ts";
import type { Result, Session } from "../session.ts";
import type { OfflineWords } from "../words.ts";

/** Checks every published release in a folder, with nothing but it and the board's anchors. */
export function drawReleases(session: Session): readonly Node[] {
  const { words, tray, folder } = session;
  const { releases, files, missing } = words;
  return [
    make("p", {}, releases.intro),
    stepForm(
      session,
      [
        fileField(session, "releases.anchors", files.anchors, tray.of("anchors"), missing.anchors),
        folderField(session),
        ...(folder.size === 0 ? [] : [make("p", { role: "status" }, releases.chosen(folder.size, quartersIn(folder)))]),
      ],
      releases.act,
      () => checkReleases(session),
    ),
  ];
}

/** A whole folder at once; where a browser has no such choice, all the files in it. */
function folderField(session: Session): HTMLElement {
  const { folder: label, folderHint } = session.words.releases;
  const id = "releases.folder";
  const input = make("input", {
    id,
    type: "file",
    webkitdirectory: "",
    multiple: "",
    "aria-describedby": `${id}-hint`,
  });
  input.addEventListener("change", () => {
    if (input.files !== null) session.takeFolder(input.files);
  });
  const hint = make("p", { id: `${id}-hint`, class: "hint" }, folderHint);
  return make("div", { class: "field" }, make("label", { for: id }, label), input, hint);
}

function quartersIn(folder: Folder): number {
  return new Set([...folder.keys()].map((path) => path.split("/")[0]!).filter((name) => parsePeriod(name) !== null))
    .size;
}

function checkReleases({ typed, tray, folder, clock }: Session): Result {
  const { anchors } = typed.file("releases.anchors", tray, "anchors").content;
  const rosters = rosterTrust(anchors, folder);
  const verdict = rosters.ok ? verifyReleases(folder, { ...rosters.trust, nowMs: clock.nowMs() }) : rosters;
  return verdict.ok
    ? { made: [], draw: (words) => drawAccepted(words, verdict) }
    : { made: [], refused: true, draw: (words) => drawRefused(words, verdict) };
}

function drawAccepted({ language, releases }: OfflineWords, verdict: Extract<ReleasesVerdict, { ok: true }>): Node[] {
  return [
    make("p", { class: "good" }, releases.good),
    lines(verdict.periods.map((period) => periodSentence(period)[language])),
    ...verdict.warnings.map((warning) => make("p", { class: "warn" }, warningSentence(warning)[language])),
    make("p", {}, proofSentence[language]),
  ];
}

function drawRefused(words: OfflineWords, { code, path }: Extract<ReleasesVerdict, { ok: false }>): Node[] {
  const sentence = flawSentence(code)?.[words.language];
  return [
    ...(path === "" ? [] : [make("p", {}, make("strong", {}, path))]),
    make("p", { class: "warn" }, sentence === undefined ? words.refusal(code) : `${sentence} (${code})`),
    make("p", {}, words.releases.bad),
  ];
}
