import { parseSync } from "oxc-parser";

/** An ESTree node as far as the walkers look: a type, a place, and children under any key. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The node under `key`, or null. */
export function child(node: Node, key: string): Node | null {
  const value = node[key];
  return isNode(value) ? value : null;
}

export function children(node: Node): Node[] {
  return Object.values(node).flat().filter(isNode);
}

/** The program of a TypeScript source; a source that does not parse is an error, never an empty tree. */
export function parse(file: string, source: string): Node {
  const { program, errors } = parseSync(file, source, { sourceType: "module", preserveParens: false });
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]!.message}`);
  const root: unknown = program;
  if (!isNode(root)) throw new Error(`${file} has no program`);
  return root;
}

/** The text of a literal or of a template without holes, else null. */
export function literal(node: Node | null): string | null {
  if (node?.type === "Literal" && typeof node["value"] === "string") return node["value"];
  if (node?.type !== "TemplateLiteral" || (node["expressions"] as unknown[]).length > 0) return null;
  const [quasi] = node["quasis"] as { value: { cooked: string } }[];
  return quasi!.value.cooked;
}

/** The name of an identifier, else null. */
export function identifier(node: Node | null): string | null {
  return node?.type === "Identifier" ? String(node["name"]) : null;
}

/** The property a member expression names, by dot or by a literal in brackets, else null. */
export function memberName(node: Node): string | null {
  const property = child(node, "property");
  return node["computed"] === true ? literal(property) : identifier(property);
}

export function isImportMeta(node: Node | null): boolean {
  return node?.type === "MetaProperty" && identifier(child(node, "meta")) === "import";
}
