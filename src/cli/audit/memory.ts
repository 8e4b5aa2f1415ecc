import { readIfThere, replaceFile } from "../files.ts";

/** The newest checkpoint ever verified here, beside the anchors it was verified with. */
export function rememberedCheckpoints(anchorsPath: string): readonly Uint8Array[] {
  const note = readIfThere(pathBeside(anchorsPath));
  return note === null ? [] : [note];
}

/** To be called once an audit that reaches this checkpoint, and the one remembered before, was verified. */
export function rememberCheckpoint(anchorsPath: string, note: Uint8Array): void {
  replaceFile(pathBeside(anchorsPath), note);
}

function pathBeside(anchorsPath: string): string {
  return `${anchorsPath}.audit`;
}
