import { child, children, identifier, memberName, parse, type Node } from "./rooms/tree.ts";

/** The first versions with a feature; `-`, as Infinity, where there is none. */
export interface Since {
  readonly chrome: number;
  readonly firefox: number;
}

/** A browser's oldest versions that a bundle is for (web.md). */
export type Oldest = Since;

/**
 * What came after Chrome 80 or Firefox 115: name, Chrome, Firefox, of MDN's browser compatibility data 8.1.9. A name alone is a
 * global, with a dot before it a member of whatever object, with one within it a member of a global.
 */
const script = `
AbortSignal.abort 93 88, AbortSignal.any 116 124, AbortSignal.timeout 103 100, Array.fromAsync 121 115, Atomics.pause 133 137,
Atomics.waitAsync 90 145, Document.parseHTML 146 148, Document.parseHTMLUnsafe 124 128, Error.isError 134 138,
Intl.DisplayNames 81 86, Intl.DurationFormat 129 136, Intl.Segmenter 87 125, Intl.supportedValuesOf 99 93, Iterator.concat 146 147,
Iterator.from 122 131, Iterator.zip 153 148, JSON.isRawJSON 114 135, JSON.rawJSON 114 135, Map.groupBy 117 119,
Math.f16round 135 129, Math.sumPrecise 147 137, Object.groupBy 117 119, Object.hasOwn 93 92, Promise.any 85 79,
Promise.try 128 134, Promise.withResolvers 119 121, ReadableStream.from - 117, RegExp.escape 136 134, Response.json 105 115,
Symbol.asyncDispose 127 141, Symbol.dispose 125 141, URL.canParse 120 115, URL.parse 126 126, Uint8Array.fromBase64 140 133,
Uint8Array.fromHex 140 133,
.at 92 90, .difference 122 127, .drop 122 131, .findLast 97 104, .findLastIndex 97 104, .getFloat16 135 129,
.getOrInsert 145 144, .getOrInsertComputed 145 144, .hasIndices 90 88, .intersection 122 127, .isDisjointFrom 122 127,
.isSubsetOf 122 127, .isSupersetOf 122 127, .isWellFormed 111 119, .replaceAll 85 77, .resizable 111 128, .setFloat16 135 129,
.setFromBase64 140 133, .setFromHex 140 133, .symmetricDifference 122 127, .take 122 131, .toArray 122 131, .toBase64 140 133,
.toHex 140 133, .toReversed 110 115, .toSorted 110 115, .toSpliced 110 115, .toWellFormed 111 119, .transfer 94 122,
.transferToFixedLength 114 122, .unicodeSets 112 116, .union 122 127, .with 110 115,
.ariaNotify 141 150, .bytes 132 128, .caretPositionFromPoint 128 20, .checkVisibility 105 106, .commitStyles 84 75,
.createPolicy 83 148, .getAnimations 84 75, .getAsFileSystemHandle 86 -, .getHTML 125 128, .hidePopover 114 125, .inert 102 112,
.moveBefore 133 144, .popover 114 125, .postTask 94 142, .randomUUID 92 95, .replaceChildren 86 78, .requestClose 126 139,
.setHTML 146 148, .setHTMLUnsafe 124 123, .showDirectoryPicker 86 -, .showOpenFilePicker 86 -, .showPicker 99 101,
.showPopover 114 125, .showSaveFilePicker 86 -, .startViewTransition 111 144, .textStream 151 -, .throwIfAborted 100 97,
.togglePopover 114 125, .userActivation 72 120,
AggregateError 85 79, AsyncDisposableStack 134 141, CloseWatcher 126 149, CompressionStream 80 113, DecompressionStream 80 113,
DisposableStack 134 141, EditContext 121 -, EyeDropper 95 -, FinalizationRegistry 84 79, Float16Array 135 129, Highlight 105 140,
Iterator 122 131, Observable 135 -, Sanitizer 146 148, SuppressedError 134 141, Temporal 144 139, TaskController 94 142,
URLPattern 95 142, ViewTransition 111 144, WeakRef 84 79, cookieStore 87 140, navigation 102 147, reportError 95 93,
scheduler 94 142, structuredClone 98 94, trustedTypes 83 148`;

/**
 * The same of style sheets: a property ends in a colon, a selector begins with one, a rule with an at sign, a function ends in
 * a parenthesis, and a unit stands alone.
 */
const style = `
accent-color: 93 92, anchor-name: 125 147, animation-timeline: 115 159, appearance: 84 80, aspect-ratio: 88 89, border-block: 87 66,
border-inline: 87 66, caret-shape: 144 -, color-scheme: 81 96, container: 105 110, container-type: 105 110, contain-intrinsic-size: 83 107,
content-visibility: 85 125, corner-shape: 139 -, field-sizing: 123 152, font-palette: 101 107, font-size-adjust: 127 3,
forced-color-adjust: 89 113, hyphenate-character: 106 98, initial-letter: 110 -, inset: 87 66, inset-block: 87 63, inset-inline: 87 63,
interactivity: 135 -, interpolate-size: 129 -, margin-block: 87 66, margin-inline: 87 66, margin-trim: 155 -, mask: 120 53,
overflow-clip-margin: 90 102, overlay: 117 -, overscroll-behavior: 144 150, padding-block: 87 66, padding-inline: 87 66,
position-anchor: 151 151, position-area: 129 147, print-color-adjust: 136 97, rotate: 104 72, scale: 104 72, scroll-timeline: 115 159,
scrollbar-color: 121 64, scrollbar-gutter: 94 97, scrollbar-width: 121 64, text-autospace: 140 145, text-box: 133 154,
text-box-trim: 133 154, text-decoration-thickness: 89 70, text-emphasis: 99 46, text-underline-offset: 87 70, text-wrap: 114 121,
text-wrap-style: 130 124, transition-behavior: 117 129, translate: 104 72, view-timeline: 115 159, view-transition-name: 111 144,
white-space-collapse: 114 124, zoom: 1 126,
:active-view-transition 125 144, :autofill 110 86, :details-content 131 143, :dir 120 49, :file-selector-button 89 82,
:focus-visible 86 85, :has 105 121, :highlight 105 149, :is 88 78, :marker 86 68, :modal 105 103, :open 133 136, :picker 135 -,
:popover-open 114 125, :state 125 126, :target-text 89 131, :user-invalid 119 88, :user-valid 119 88, :where 88 78,
@container 105 110, @counter-style 91 33, @function 139 -, @layer 99 97, @position-try 125 147, @property 85 128, @scope 118 146,
@starting-style 117 129, @view-transition 126 -,
abs( 138 118, anchor( 125 147, anchor-size( 125 147, atan2( 111 108, calc-size( 129 -, color( 111 113, color-mix( 111 113,
contrast-color( 147 146, cos( 111 108, exp( 120 118, hwb( 101 96, hypot( 120 118, if( 137 -, lab( 111 113, lch( 111 113,
light-dark( 123 120, linear( 113 112, mod( 125 118, oklab( 111 113, oklch( 111 113, pow( 120 118, rem( 125 118, round( 125 118,
sign( 138 118, sin( 111 108, sqrt( 120 118, tan( 111 108,
cap 118 97, cqb 105 110, cqh 105 110, cqi 105 110, cqmax 105 110, cqmin 105 110, cqw 105 110, dvb 108 101, dvh 108 101, dvi 108 101,
dvw 108 101, ic 106 97, lh 109 120, lvh 108 101, lvw 108 101, rlh 111 120, svh 108 101, svw 108 101`;

function tableOf(text: string): ReadonlyMap<string, Since> {
  const entries = text
    .trim()
    .split(/,\s+/)
    .map((entry) => entry.split(" "));
  return new Map(entries.map(([name, chrome, firefox]) => [name!, since(version(chrome!), version(firefox!))]));
}

const since = (chrome: number, firefox: number): Since => ({ chrome, firefox });
const version = (from: string): number => (from === "-" ? Infinity : Number(from));

export const scriptSince = tableOf(script);
export const styleSince = tableOf(style);

const isYounger = (one: Since | undefined, oldest: Oldest): boolean =>
  one !== undefined && (one.chrome > oldest.chrome || one.firefox > oldest.firefox);

/** Syntax that esbuild leaves as it is, since it is told a target or told better: a second look at both. */
function syntaxOf(node: Node): readonly (readonly [string, Since])[] {
  const regex = node["regex"] as { flags: string } | undefined;
  const operator = node["operator"];
  if (node.type === "StaticBlock") return [["static {}", since(94, 93)]];
  if (node.type === "AssignmentExpression" && ["??=", "||=", "&&="].includes(String(operator)))
    return [[String(operator), since(85, 79)]];
  if (node.type === "BinaryExpression" && child(node, "left")?.type === "PrivateIdentifier")
    return [["#x in", since(91, 90)]];
  if (node.type === "MethodDefinition" && child(node, "key")?.type === "PrivateIdentifier")
    return [["#method()", since(84, 90)]];
  if (regex?.flags.includes("v") === true) return [["/v", since(112, 116)]];
  return regex?.flags.includes("d") === true ? [["/d", since(90, 88)]] : [];
}

/** The names in the table that a node uses; a name that the script gives to something of its own is its own. */
function usedBy(node: Node, own: ReadonlySet<string>): readonly string[] {
  if (node.type === "Identifier") return [String(node["name"])];
  const isOf = (name: string): readonly string[] => (own.has(name) ? [] : [`.${name}`, name]);
  if (node.type === "ObjectPattern") return keysTaken(node).flatMap(isOf);
  if (node.type !== "MemberExpression") return [];
  const [holder, name] = [identifier(child(node, "object")), memberName(node) ?? ""];
  const whole = `${holder ?? ""}.${name}`;
  return holder !== null && scriptSince.has(whole) ? [whole] : isOf(name);
}

/** `const { scheduler } = globalThis`. */
function keysTaken(pattern: Node): readonly string[] {
  return (pattern["properties"] as readonly Node[]).map((one) => identifier(child(one, "key")) ?? "");
}

/** What a script defines: its keys, methods and fields, and what it assigns to. */
function ownNames(node: Node, names = new Set<string>()): Set<string> {
  const key = ["Property", "MethodDefinition", "PropertyDefinition"].includes(node.type) ? child(node, "key") : null;
  const assigned = node.type === "AssignmentExpression" ? child(node, "left") : null;
  if (key !== null && node["computed"] !== true) names.add(identifier(key) ?? "");
  if (assigned?.type === "MemberExpression") names.add(memberName(assigned) ?? "");
  // What is taken out of something is not given to it.
  const inside = node.type === "ObjectPattern" ? children(node).flatMap(children) : children(node);
  for (const one of inside) ownNames(one, names);
  return names;
}

/** References only: neither keys nor the names after dots, which `usedBy` reads with their objects. */
function below(node: Node): Node[] {
  const isName = ["MemberExpression", "Property", "MethodDefinition", "PropertyDefinition"].includes(node.type);
  const name = isName && node["computed"] !== true ? (child(node, "property") ?? child(node, "key")) : null;
  return children(node).filter((one) => one !== name);
}

/** Everything in a script that one of the oldest browsers lacks, by name, each once. */
export function youngerInScript(source: string, oldest: Oldest): readonly string[] {
  const program = parse("bundle.js", source);
  const own = ownNames(program);
  const found = new Set<string>();
  const look = (node: Node): void => {
    for (const [name, from] of syntaxOf(node)) if (isYounger(from, oldest)) found.add(name);
    for (const name of usedBy(node, own)) if (isYounger(scriptSince.get(name), oldest)) found.add(name);
    for (const one of below(node)) look(one);
  };
  look(program);
  return [...found].toSorted();
}

/** The same of a style sheet. */
export function youngerInStyle(source: string, oldest: Oldest): readonly string[] {
  const css = source.replaceAll(/\/\*[^]*?\*\/|"[^"]*"/g, "");
  const names = [
    ...[...css.matchAll(/[{;]\s*([a-z-]+:)/g)].map(([, name]) => name!),
    ...[...css.matchAll(/:(:?[a-z-]+)(?=[^;{}]*\{)/g)].map(([, name]) => `:${name!.replace(":", "")}`),
    ...[...css.matchAll(/@[a-z-]+/g)].map(([name]) => name),
    ...[...css.matchAll(/(?<![\w-])([a-z-]+[0-9]?\()/g)].map(([, name]) => name!),
    ...[...css.matchAll(/\d([a-z]+)\b/g)].map(([, name]) => name!),
    ...(/[{;}][^{}@;]*&/.test(css) ? ["&"] : []),
  ];
  const nesting = since(120, 117);
  return [...new Set(names)]
    .filter((name) => isYounger(name === "&" ? nesting : styleSince.get(name), oldest))
    .toSorted();
}
