import type { Label } from "../../envelope/case-act.ts";
import type { Report } from "../../envelope/report.ts";
import { unitOf } from "../../trends/counted.ts";

/** What a reviewer fills in. */
export interface LabelForm {
  readonly category: string;
  /** P-code of a cercle or région. */
  readonly place: string;
  readonly incident: string;
  readonly locality: string;
  readonly plausible: boolean;
}

/** The form as it is before anybody changed it: the newest label, or what the informant answered. */
export function labelFormOf(label: Label | null, { answers }: Report): LabelForm {
  return {
    category: label?.category ?? answers.category ?? "",
    place: label?.place ?? answers.place ?? "",
    incident: label?.incident ?? "",
    locality: label?.locality ?? "",
    plausible: label?.plausible ?? false,
  };
}

/**
 * The label of a form, or null while category or place is missing. Its unit is the report's own (trends.md, Labels): one
 * phone on one day, else one receipt with all that follows it, else one report.
 */
export function labelOf(
  form: LabelForm,
  report: Report,
  versions: { readonly taxonomy: string; readonly geography: string },
): Label | null {
  const incident = form.incident.trim();
  const locality = form.locality.trim();
  if (form.category === "" || !/^ML\d{2}(\d{2})?$/.test(form.place)) return null;
  if (!isToken(incident) || !isToken(locality)) return null;
  return {
    category: form.category,
    place: form.place,
    unit: unitOf(report),
    ...(incident !== "" && { incident }),
    ...(locality !== "" && { locality }),
    plausible: form.plausible,
    ...versions,
  };
}

function isToken(text: string): boolean {
  return /^[^\p{Cc}]{0,64}$/u.test(text);
}
