import { tilePlaces } from "./tiles.ts";

const placed = Object.entries(tilePlaces)
  .map(([code, [row, column]]) => `.${code}{grid-area:${row}/${column}}`)
  .join("");

/** Screens in the reader's own light or dark, and paper, where nothing is cut between two sheets. */
export const trendsStyle = [
  ":root{color-scheme:light dark;--soft:#f3f1ea;--line:#857f72;--mark:#0b5d3b;--pale:#6f8d7d;--warn:#7a2e00}",
  // As on the informant's page: a browser that cannot make it dark must not do half of it.
  "@supports(color-scheme:dark){@media(prefers-color-scheme:dark){:root{--soft:#24231f;--line:#918b7d;--mark:#7dd3a8;--pale:#7a9a8a;--warn:#ffb58a}}}",
  "*{box-sizing:border-box}",
  "body{margin:auto;max-width:70rem;padding:0 min(1rem,4vw) 2rem;font:1.05rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}",
  "a{color:inherit}header{display:flex;flex-wrap:wrap;gap:.2rem 1rem;align-items:center;padding-top:.6rem}",
  ".name{font-weight:700;font-size:1.3rem;margin:0 auto 0 0}#exit{padding:.4rem .8rem;border:2px solid;border-radius:.4rem;font-weight:700}",
  "nav{flex-basis:100%;border-bottom:1px solid var(--line);padding:.4rem 0}nav a{display:inline-block;padding:.3rem .8rem .3rem 0}[aria-current]{font-weight:700}",
  "h1{font-size:1.6rem;line-height:1.25;margin:1rem 0 .4rem}h2{font-size:1.25rem;margin:1.6rem 0 .4rem}h3{font-size:1rem;margin:0}",
  "p,ul{margin:.4rem 0}.lead{font-size:1.2rem}.box{background:var(--soft);border:1px solid var(--line);border-radius:.4rem;padding:.4rem min(1rem,4vw);margin:1rem 0}.warn{color:var(--warn)}",
  "figure{margin:.6rem 0}.pair{display:grid;gap:0 2rem}.pair>*{min-width:0}",
  ".row{display:grid}.plot,.axis{display:block;width:100%;height:1.5em;overflow:visible}",
  ".tick{stroke:var(--line);opacity:.45}.dot{fill:var(--mark);stroke:var(--mark)}line.dot{stroke-width:2.5}.pale{fill:var(--pale);stroke:var(--pale)}",
  ".last{fill:none;stroke:CanvasText;stroke-width:1.5}.axis text{fill:CanvasText;font-size:.8em;text-anchor:middle}",
  ".tiles{display:grid;gap:.5rem;grid-template-columns:repeat(auto-fill,minmax(min(9rem,100%),1fr))}",
  ".tile{background:var(--soft);border:1px solid var(--line);border-radius:.3rem;padding:.3rem .5rem;min-width:0;break-inside:avoid}",
  ".tile .row{grid-template-columns:1.6em 1fr;align-items:center}.tile .row span{font-size:.8em}",
  ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:700;padding:.4rem 0}",
  "th,td{text-align:left;vertical-align:top;padding:.25rem .8rem .25rem 0;border-bottom:1px solid var(--line);overflow-wrap:normal}.n{text-align:right}td.n,td.i{font-variant-numeric:tabular-nums}td.i{white-space:nowrap}tbody th{font-weight:400}tfoot{font-weight:700}",
  "code{font-size:.85em;overflow-wrap:anywhere}:focus-visible{outline:3px solid var(--mark);outline-offset:2px}",
  `@media(min-width:30rem){.row{grid-template-columns:12rem 1fr;align-items:center}}@media(min-width:60rem){.pair{grid-template-columns:8fr 11fr}.pair .row{grid-template-columns:10.5rem 1fr}.pair table,.pair .row span{font-size:.92em}}@media(min-width:48rem){.tiles{grid-template-columns:repeat(5,1fr)}${placed}}`,
  "@media print{@page{size:A4;margin:13mm}:root{color-scheme:light;--soft:#fff;--line:#888;--mark:#000;--pale:#888;--warn:#000}body{max-width:none;padding:0;font-size:9.5pt;line-height:1.35}header{padding:0}header a,nav,.aside{display:none}",
  `h1{font-size:15pt;margin:0}h2{font-size:12pt;margin:.8rem 0 .2rem}h3{font-size:9.5pt}.lead{font-size:11pt}.name{font-size:11pt}h2,h2+p,h2+p+p{break-after:avoid}.pair{display:block}.row,.pair .row{grid-template-columns:15rem 1fr;align-items:center}.pair table,.pair .row span{font-size:1em}.tile .row{grid-template-columns:1.6em 1fr}.tiles{grid-template-columns:repeat(5,1fr);gap:.3rem}${placed}`,
  "figure,.tiles,.box,tr,table{break-inside:avoid}.scroll{overflow:visible}.plot,.axis{height:1.3em}th,td{padding:.1rem .5rem .1rem 0}p,ul,figure{margin:.25rem 0}.box{margin:.5rem 0}.box h2{margin:.2rem 0}}",
].join("");
