import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Door } from "../../../base/brand.ts";
import type { Attachment } from "../../../envelope/report.ts";
import { englishAttachments } from "../../attachments/en.ts";
import { frenchAttachments } from "../../attachments/fr.ts";
import { attachmentRefusalOf, eraseAttachment, openAttachment, type OpenedAttachment } from "../../attachments/open.ts";
import { attachmentKindOf, type AttachmentRefusal, type AttachmentWords } from "../../attachments/words.ts";
import { shownText } from "../../text.ts";
import { saveFile } from "../save.ts";
import { useCase } from "./parts.tsx";

/** How far one attachment is; what is open lives in this part of the screen and goes with it. */
type Step =
  | { readonly step: "closed" | "erased" }
  | { readonly step: "fetching"; readonly done: number }
  | { readonly step: "open"; readonly opened: OpenedAttachment }
  | { readonly step: "refused"; readonly refusal: AttachmentRefusal };

interface Props {
  readonly attachment: Attachment;
  /** Its parts in every copy of the report. */
  readonly everywhere: readonly string[];
  /** The case's. */
  readonly door: Door;
}

/** One attachment: nothing of it is fetched before somebody asks. */
export function AttachmentPart({ attachment, everywhere, door }: Props): JSX.Element {
  const { gundo, state } = useCase();
  const words = state.language === "en" ? englishAttachments : frenchAttachments;
  const [step, setStep] = useState<Step>({ step: "closed" });
  const trying = (act: Promise<Step>): void =>
    void act.catch((error: unknown): Step => ({ step: "refused", refusal: attachmentRefusalOf(error) })).then(setStep);
  const open = (): void => {
    if (gundo.session === null || step.step === "fetching") return;
    const opening = openAttachment(gundo.session, attachment, (done) => setStep({ step: "fetching", done }));
    trying(opening.then((opened) => ({ step: "open", opened })));
  };
  const erase = (): void => {
    if (gundo.session === null) return;
    trying(eraseAttachment(gundo.session, { ...attachment, parts: everywhere }, door).then(() => ({ step: "erased" })));
  };
  return (
    <div class="attachment" data-attachment={step.step}>
      <p class="facts">{aboutOf(words, attachment)}</p>
      <p role="status">{statusOf(words, step, attachment.parts.length)}</p>
      {step.step === "open" && <Contents words={words} opened={step.opened} />}
      <p class="buttons">
        {step.step === "open" ? (
          <button type="button" onClick={() => setStep({ step: "closed" })}>
            {words.close}
          </button>
        ) : (
          step.step !== "erased" && (
            <button type="button" data-open onClick={open}>
              {words.open}
            </button>
          )
        )}
        {step.step !== "erased" && <EraseButton words={words} erase={erase} />}
      </p>
    </div>
  );
}

function aboutOf(words: AttachmentWords, { type, size }: Attachment): string {
  return words.about(attachmentKindOf(type), shownText(type), Math.ceil(size / 1024));
}

function statusOf(words: AttachmentWords, step: Step, of: number): string {
  if (step.step === "fetching") return words.fetching(step.done, of);
  if (step.step === "refused") return words.refusals[step.refusal];
  return step.step === "erased" ? words.erased : "";
}

interface ContentsProps {
  readonly words: AttachmentWords;
  readonly opened: OpenedAttachment;
}

function Contents({ words, opened }: ContentsProps): JSX.Element {
  return (
    <>
      {opened.shown === null ? <p class="notice">{words.notShown}</p> : <Frame words={words} opened={opened} />}
      <p class="hint">{words.saveWarning}</p>
      <p>
        <button type="button" data-save onClick={() => saveFile(opened.name, opened.file)}>
          {words.save}
        </button>
      </p>
    </>
  );
}

/**
 * A frame without any right (HTML, the sandbox attribute): no script, no origin, no form, no way out. What is in it is the
 * bare picture or text under a type of ours, so that there is no markup either.
 */
function Frame({ words, opened: { shown, file } }: ContentsProps): JSX.Element | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const type = shown === "text/plain" ? "text/plain;charset=utf-8" : (shown ?? "");
    const made = URL.createObjectURL(new Blob([file], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [shown, file]);
  return address === null ? null : (
    <iframe class="shown" sandbox="" referrerpolicy="no-referrer" title={words.frame} src={address} />
  );
}

/** Asks once more before it takes the file from everybody. */
function EraseButton({ words, erase }: { readonly words: AttachmentWords; readonly erase: () => void }): JSX.Element {
  const [sure, setSure] = useState(false);
  return (
    <button type="button" data-erase={sure ? "sure" : "ask"} onClick={() => (sure ? erase() : setSure(true))}>
      {sure ? words.eraseSure : words.erase}
    </button>
  );
}
