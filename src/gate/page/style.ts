/** The whole look of the page: system fonts and colours, so that it follows the phone's own light or dark. */
export const pageStyle = [
  ":root{color-scheme:light dark;--soft:#f3f1ea;--line:#857f72;--warn:#7a2e00;--go:#0b5d3b;--on:#fff;scroll-padding:4rem 0 9rem}",
  // Chrome 80 knows that somebody likes it dark and not how to: half of it would be black on black.
  "@supports(color-scheme:dark){@media(prefers-color-scheme:dark){:root{--soft:#24231f;--line:#918b7d;--warn:#ffb58a;--go:#7fdcb0;--on:#06251a}}}",
  "*{box-sizing:border-box}",
  "body{margin:auto;max-width:40rem;padding:0 min(1rem,4vw) 2rem;font:1.05rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}",
  "nav{position:sticky;top:.5rem;z-index:1;float:right;background:Canvas}",
  "h1,h2,dd,.hint,#notices p{margin:0}section,form{clear:both}",
  "a{color:inherit}#exit,#notices p{display:block;padding:.6rem 1rem;border:2px solid;border-radius:.4rem;font-weight:700}",
  ".warn,#notices p{color:var(--warn)}",
  "section,fieldset,details,.box{background:var(--soft);border:1px solid var(--line);border-radius:.4rem;padding:.6rem min(1rem,4vw);margin:1rem 0;min-width:0}",
  "dt,legend,label,summary{font-weight:700}dt,label,summary{padding-top:.6rem}",
  "label,textarea,select,input{display:block;width:100%}.check{font-weight:400}",
  "textarea,select,button,input{font:inherit;padding:.6rem;border:1px solid var(--line);border-radius:.4rem}",
  "textarea{min-height:10rem}.answer{white-space:pre-wrap;border-left:.3rem solid var(--go);padding-left:.6rem}",
  "[type=checkbox]{display:inline;width:1.5rem;height:1.5rem;vertical-align:middle;margin:0 .6rem 0 0}",
  "button{font-weight:700;min-width:min(8rem,100% - 1rem);margin-right:1rem;background:var(--go);color:var(--on)}",
  "[value=exchange],[value=forget]{background:Canvas;color:CanvasText;border:2px solid}[value=forget]{color:var(--warn)}",
  ".numbers{font:700 1.5rem/1.6 monospace}",
  "#notices{position:sticky;bottom:0;background:Canvas}",
  ":focus-visible{outline:3px solid var(--go);outline-offset:2px}[hidden]{display:none!important}",
].join("");
