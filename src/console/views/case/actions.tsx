import type { JSX } from "preact";
import type { ReadCase } from "../../../roster/case-write.ts";
import type { ConsoleConversation } from "../../case/conversation.ts";
import { take } from "../../case/deeds.ts";
import { openPanel, perform } from "../../case/desk.ts";
import type { Panel } from "../../case/shown.ts";
import { useShortcuts } from "../shortcuts.ts";
import { ExportPanel } from "./export.tsx";
import { LabelPanel } from "./label.tsx";
import { Section, useCase } from "./parts.tsx";
import { AsidePanel, AssessPanel, ClosePanel, HandOverPanel, NotePanel, ReopenPanel } from "./panels.tsx";
import { ReplyPanel } from "./reply.tsx";
import { Proposals, SmsPanel } from "./sms.tsx";

export interface PanelProps {
  readonly conversation: ConsoleConversation;
  readonly read: ReadCase;
}

const views: Readonly<Record<Panel, (props: PanelProps) => JSX.Element>> = {
  answer: ReplyPanel,
  sms: SmsPanel,
  note: NotePanel,
  label: LabelPanel,
  assess: AssessPanel,
  handOver: HandOverPanel,
  close: ClosePanel,
  reopen: ReopenPanel,
  export: ExportPanel,
  aside: AsidePanel,
};

const whileOpen: readonly Panel[] = [
  "answer",
  "sms",
  "note",
  "label",
  "assess",
  "handOver",
  "close",
  "export",
  "aside",
];
const whileClosed: readonly Panel[] = ["reopen", "note", "label", "assess", "export", "aside"];

/** What can be done now, and the form of one of it. */
export function Actions({ conversation, read }: PanelProps): JSX.Element {
  const { gundo, state, say } = useCase();
  const { known } = read;
  const panel = state.shown?.panel ?? null;
  const isClosed = known.state === "closed";
  const panels = isClosed ? whileClosed : whileOpen;
  const mayTake = !isClosed && known.lead !== state.signedIn?.reviewer;
  const toggle = (one: Panel): void => openPanel(gundo, panel === one ? null : one);
  const doTake = (): unknown => mayTake && perform(gundo, take(gundo));
  useShortcuts({
    take: doTake,
    answer: () => !isClosed && toggle("answer"),
    note: () => toggle("note"),
    label: () => toggle("label"),
    assess: () => toggle("assess"),
    close: () => toggle(isClosed ? "reopen" : "close"),
  });
  const View = panel === null ? null : views[panel];
  return (
    <Section name="actions" title={say.actionsTitle}>
      <div class="buttons" role="group" aria-labelledby="actions-title">
        {mayTake && (
          <button type="button" class="go" data-action="take" onClick={doTake}>
            {say.take}
          </button>
        )}
        {panels.map((one) => (
          <button type="button" key={one} data-action={one} aria-expanded={panel === one} onClick={() => toggle(one)}>
            {say.panels[one]}
          </button>
        ))}
      </div>
      {View !== null && panel !== null && panels.includes(panel) && (
        <div class="open-panel" data-panel={panel}>
          <h3>{say.panels[panel]}</h3>
          <View conversation={conversation} read={read} />
        </div>
      )}
      <Proposals conversation={conversation} read={read} />
    </Section>
  );
}
