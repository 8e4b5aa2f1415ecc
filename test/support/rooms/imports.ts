import { child, children, identifier, isImportMeta, isNode, literal, memberName, type Node } from "./tree.ts";

export interface Import {
  /** What stands between the quotes; null when it is computed, so that nobody can check it. */
  readonly specifier: string | null;
  readonly typeOnly: boolean;
}

type Reader = (node: Node) => Import[];

function declared(node: Node, kind: "importKind" | "exportKind"): Import[] {
  const specifier = literal(child(node, "source"));
  if (specifier === null) return [];
  const named = (node["specifiers"] ?? []) as readonly Node[];
  const everyType = named.length > 0 && named.every((one) => one[kind] === "type");
  return [{ specifier, typeOnly: node[kind] === "type" || everyType }];
}

/** `require(x)`, `import.meta.resolve(x)`. */
function called(node: Node): Import[] {
  const callee = child(node, "callee");
  const resolves = callee?.type === "MemberExpression" && memberName(callee) === "resolve";
  const loads = identifier(callee) === "require" || (resolves && isImportMeta(child(callee, "object")));
  return loads ? [{ specifier: firstArgument(node), typeOnly: false }] : [];
}

/** `new URL(x, import.meta.url)`: how a worker or an asset is named. */
function constructed(node: Node): Import[] {
  const base = (node["arguments"] as readonly unknown[])[1];
  if (identifier(child(node, "callee")) !== "URL" || !isNode(base) || base.type !== "MemberExpression") return [];
  if (memberName(base) !== "url" || !isImportMeta(child(base, "object"))) return [];
  return [{ specifier: firstArgument(node), typeOnly: false }];
}

function firstArgument(node: Node): string | null {
  const first = (node["arguments"] as readonly unknown[])[0];
  return isNode(first) ? literal(first) : null;
}

const readers: Readonly<Record<string, Reader>> = {
  ImportDeclaration: (node) => declared(node, "importKind"),
  ExportNamedDeclaration: (node) => declared(node, "exportKind"),
  ExportAllDeclaration: (node) => declared(node, "exportKind"),
  ImportExpression: (node) => [{ specifier: literal(child(node, "source")), typeOnly: false }],
  TSImportType: (node) => [{ specifier: literal(child(node, "source")), typeOnly: true }],
  TSExternalModuleReference: (node) => [{ specifier: literal(child(node, "expression")), typeOnly: false }],
  CallExpression: called,
  NewExpression: constructed,
};

/** Every import of a program: static, type-only, dynamic, re-exported, required, and named by URL. */
export function importsOf(node: Node): Import[] {
  const here = Object.hasOwn(readers, node.type) ? readers[node.type]!(node) : [];
  return [...here, ...children(node).flatMap(importsOf)];
}
