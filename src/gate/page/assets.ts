/** Bytes as a browser may ask for them. */
export interface Packed {
  readonly plain: Uint8Array;
  readonly gzip: Uint8Array;
  readonly brotli: Uint8Array;
}

/** What is made of src/form before the page is served, with the anchors compiled in (web.md, Security). */
export interface PageAssets {
  /** The script within the page: quick exit, and the loader, which knows the hash of `script`. */
  readonly first: string;
  /** `/form.js`: everything that verifies and seals. */
  readonly script: Packed;
  /** `/read.js`: what reads answers, loaded when somebody types a number. */
  readonly reading: Packed;
  /** `/attach.js`: what cleans, seals and sends a file, loaded when somebody chooses one. */
  readonly attaching: Packed;
  /** Compresses a page once for all its visitors. */
  readonly pack: (bytes: Uint8Array) => Packed;
}
