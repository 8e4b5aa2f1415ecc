import { builtinModules } from "node:module";
import { posix } from "node:path";
import { globalsOf } from "./globals.ts";
import { importsOf, type Import } from "./imports.ts";
import { globalDoors, importDoors, neverReaches, rooms, wiring, type Room } from "./table.ts";
import { parse } from "./tree.ts";

/** Path from the top of the tree -> source text. */
export type Sources = ReadonlyMap<string, string>;
/** package.json `imports`: `#name` -> every file it may stand for. */
export type Conditions = Readonly<Record<string, readonly string[]>>;

export interface Violation {
  readonly file: string;
  readonly breaks: string;
}

interface Edge {
  readonly target: string;
  readonly typeOnly: boolean;
}

const under = (file: string, places: readonly string[]): boolean =>
  places.some((place) => (place.endsWith("/") ? file.startsWith(place) : file === place));

const roomOf = (file: string): string | null => /^src\/([^/]+)\//.exec(file)?.[1] ?? null;

const isNode = (specifier: string): boolean =>
  specifier.startsWith("node:") || builtinModules.includes(specifier.split("/")[0]!);

const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

function grants(granted: string, target: string, typeOnly: boolean): boolean {
  const path = target.slice("src/".length);
  if (granted.endsWith(":types")) return typeOnly && path.startsWith(`${granted.slice(0, -":types".length)}/`);
  if (granted.endsWith("*")) return path.startsWith(granted.slice(0, -1));
  return granted.includes("/") ? path === granted : path.startsWith(`${granted}/`);
}

function mayEnter(from: string, room: Room, edge: Edge): boolean {
  const entered = roomOf(edge.target);
  if (entered === null || !Object.hasOwn(rooms, entered)) return false;
  if (entered === from) return true;
  if (room.except?.includes(entered) === true) return false;
  return room.rooms.some((granted) => grants(granted, edge.target, edge.typeOnly));
}

function mayUse(file: string, roomName: string, room: Room, name: string): boolean {
  const own = room.filePackages?.[file.slice(`src/${roomName}/`.length)] ?? [];
  return [...room.packages, ...own].some((one) =>
    one.endsWith("/*") ? name.startsWith(one.slice(0, -1)) : one === name,
  );
}

/** Files that a `#name` stands for are reached by that name only: a direct import would pass the condition by. */
function isConditional(target: string, conditions: Conditions): boolean {
  return Object.values(conditions).flat().includes(target);
}

const runsOnNode = (name: string | null): boolean => name !== null && rooms[name]?.runs === "node";

/** A file of a pure room that is written for Node: it alone may import node:crypto there. */
const isNodeTwin = (file: string): boolean =>
  file.endsWith("-node.ts") && rooms[roomOf(file) ?? ""]?.runs === "anywhere";

function mayUseNode(file: string, room: Room, specifier: string): boolean {
  if (room.runs === "node" || room.runs === "node+workerd") return true;
  return isNodeTwin(file) && specifier === "node:crypto" && room.nodeCrypto === true;
}

function edgesOf(file: string, found: Import, conditions: Conditions): Edge[] | null {
  const { specifier, typeOnly } = found;
  if (specifier?.startsWith("#") === true) return (conditions[specifier] ?? []).map((target) => ({ target, typeOnly }));
  if (specifier?.startsWith(".") !== true) return null;
  return [{ target: posix.join(posix.dirname(file), specifier), typeOnly }];
}

function judgeEdge(file: string, edge: Edge): string[] {
  const name = roomOf(file);
  const door = importDoors[edge.target];
  const breaks: string[] = [];
  // A room may name its own door's types: no secret goes through a type.
  const ownType = edge.typeOnly && name !== null && name === roomOf(edge.target);
  if (door !== undefined && !ownType && !under(file, door)) breaks.push(`door ${edge.target}`);
  const wired = under(file, wiring) && under(edge.target, wiring);
  if (!edge.target.startsWith("src/") && !wired) breaks.push(`outside ${edge.target}`);
  if (
    edge.target.startsWith("src/") &&
    name !== null &&
    Object.hasOwn(rooms, name) &&
    !mayEnter(name, rooms[name]!, edge)
  )
    breaks.push(`room ${edge.target}`);
  return breaks;
}

function judgePackage(file: string, specifier: string): string[] {
  const name = roomOf(file);
  if (under(file, wiring) || name === null || !Object.hasOwn(rooms, name)) return [];
  const room = rooms[name]!;
  if (isNode(specifier)) return mayUseNode(file, room, specifier) ? [] : [`node ${specifier}`];
  return mayUse(file, name, room, packageOf(specifier)) ? [] : [`package ${packageOf(specifier)}`];
}

function judgeImport(file: string, found: Import, conditions: Conditions): string[] {
  const { specifier } = found;
  if (specifier === null) return ["computed import"];
  const edges = edgesOf(file, found, conditions);
  if (edges === null) return judgePackage(file, specifier);
  if (edges.length === 0) return [`unknown ${specifier}`];
  const entered = edges.flatMap((edge) => judgeEdge(file, edge));
  if (specifier.startsWith("#")) return entered;
  const past = edges.some(({ target }) => isConditional(target, conditions)) ? [`condition ${specifier}`] : [];
  const onNode = runsOnNode(roomOf(file)) || under(file, wiring) || isNodeTwin(file);
  const stray = !onNode && edges.some(({ target }) => isNodeTwin(target)) ? [`only on Node ${specifier}`] : [];
  return [...past, ...stray, ...entered];
}

function judgeFile(file: string, source: string, conditions: Conditions): { edges: Edge[]; breaks: string[] } {
  const program = parse(file, source);
  const imports = importsOf(program);
  // The JSX transform imports its runtime without a word in the source.
  if (file.endsWith("x")) imports.push({ specifier: "preact", typeOnly: false });
  const name = roomOf(file);
  const known = under(file, wiring) || (name !== null && Object.hasOwn(rooms, name));
  const globals = [...new Set(globalsOf(program))].filter((one) => !under(file, globalDoors[one]!));
  return {
    edges: imports.flatMap((one) => edgesOf(file, one, conditions) ?? []),
    breaks: [
      ...(known ? [] : ["unknown room"]),
      ...imports.flatMap((one) => judgeImport(file, one, conditions)),
      ...globals.map((one) => `global ${one}`),
    ],
  };
}

function reach(start: string, graph: ReadonlyMap<string, readonly Edge[]>): ReadonlySet<string> {
  const seen = new Set([start]);
  for (const file of seen) for (const edge of graph.get(file) ?? []) if (!edge.typeOnly) seen.add(edge.target);
  return seen;
}

/** Everything in `sources` that breaks house.md's table or doors. */
export function judge(sources: Sources, conditions: Conditions): Violation[] {
  const judged = new Map([...sources].map(([file, source]) => [file, judgeFile(file, source, conditions)]));
  const graph = new Map([...judged].map(([file, { edges }]) => [file, edges]));
  const broken = [...judged].flatMap(([file, { breaks }]) => breaks.map((one) => ({ file, breaks: one })));
  const reached = Object.entries(neverReaches).flatMap(([file, barred]) =>
    sources.has(file)
      ? [...reach(file, graph)]
          .filter((target) => barred.includes(roomOf(target) ?? ""))
          .map((target) => ({ file, breaks: `reaches ${target}` }))
      : [],
  );
  return [...broken, ...reached];
}
