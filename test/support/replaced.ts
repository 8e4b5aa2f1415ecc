/** What stands in no field of any note: another type, a control character, a fraction. */
const strange: readonly unknown[] = [undefined, null, 7.5, "\u0001", ["\u0001"], { "\u0001": 1 }, true];

/**
 * The JSON text with one field after the other replaced by what does not belong there, or put in a list; of a list its first
 * element too. Each with the path of the field.
 */
export function fieldsReplaced(json: string): readonly (readonly [string, string])[] {
  return variantsOf(JSON.parse(json) as unknown, "")
    .map(([path, value]) => [path, JSON.stringify(value) ?? ""] as const)
    .filter(([, text]) => text !== json);
}

function variantsOf(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  const others = [...strange, [value]]
    .filter((one) => typeof one !== "boolean" || typeof value !== "boolean")
    .map((one) => [path, one] as const);
  if (Array.isArray(value)) {
    const first = value.length === 0 ? [] : variantsOf(value[0], `${path}[0]`);
    return [
      ...others,
      ...first.filter(([, one]) => one !== undefined).map(([at, one]) => [at, value.with(0, one)] as const),
    ];
  }
  if (typeof value !== "object" || value === null) return others;
  const inner = Object.entries(value).flatMap(([name, field]) =>
    variantsOf(field, `${path}.${name}`).map(([at, one]) => [at, { ...value, [name]: one }] as const),
  );
  return [...others, ...inner];
}
