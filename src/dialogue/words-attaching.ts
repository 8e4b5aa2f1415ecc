/** The sentences around an attachment, in one language; they travel with the script that attaches. */
export interface AttachingWords {
  /** `{size}`: whole kilobytes. */
  readonly cleaned: string;
  readonly asItIs: string;
  readonly working: string;
  readonly empty: string;
  readonly tooLarge: string;
  /** A photo that this browser cannot open, or may not draw. */
  readonly uncleaned: string;
  /** `{done}` of `{of}` parts. */
  readonly sending: string;
  readonly stopped: string;
}
