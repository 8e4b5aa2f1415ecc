import { utf8 } from "../base/bytes.ts";
import { strictList, strictRecord, strictText } from "../base/strict.ts";
import { sha256 } from "../envelope/hash.ts";
import type { BothLanguages, KeySpace, TrendCategory, TrendGroup } from "./key-space.ts";

const versionPattern = /^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$/;
const namePattern = /^[^\p{Cc}]{1,120}$/u;
const screenPattern = /^[^\p{Cc}]{1,16}$/u;
const categoryPattern = /^[A-Z]{3}$/;
const groupPattern = /^[A-Z][A-Z0-9]{0,3}$/;
const regionPattern = /^[A-Z]{2}\d{2}$/;

/** A key-space in one order of fields, as a plan carries it. */
export function keySpaceJson({ taxonomy, geography }: KeySpace): object {
  return {
    taxonomy: {
      version: taxonomy.version,
      categories: taxonomy.categories.map(categoryJson),
      groups: taxonomy.groups.map(groupJson),
    },
    geography: {
      version: geography.version,
      regions: geography.regions.map(({ code, name }) => ({ code, name })),
    },
  };
}

/** SHA-256 of a key-space's JSON, 32 bytes: what a release was counted by. */
export function keySpaceHash(keySpace: KeySpace): Uint8Array {
  return sha256(utf8(JSON.stringify(keySpaceJson(keySpace))));
}

/** The key-space in a JSON value, or null: no code twice, and no category of a group that is not there. */
export function parseKeySpace(value: unknown): KeySpace | null {
  const record = strictRecord(value, ["taxonomy", "geography"]);
  const taxonomy = taxonomyOf(record?.["taxonomy"]);
  const geography = geographyOf(record?.["geography"]);
  return taxonomy === null || geography === null ? null : { taxonomy, geography };
}

function taxonomyOf(value: unknown): KeySpace["taxonomy"] | null {
  const record = strictRecord(value, ["version", "categories", "groups"]);
  const version = strictText(record?.["version"], versionPattern);
  const categories = codedList(record?.["categories"], categoryOf);
  const groups = codedList(record?.["groups"], groupOf);
  if (version === null || categories === null || groups === null) return null;
  const known = ["", ...groups.map(({ code }) => code)];
  return categories.every(({ group }) => known.includes(group)) ? { version, categories, groups } : null;
}

function geographyOf(value: unknown): KeySpace["geography"] | null {
  const record = strictRecord(value, ["version", "regions"]);
  const version = strictText(record?.["version"], versionPattern);
  const regions = codedList(record?.["regions"], regionOf);
  return version === null || regions === null ? null : { version, regions };
}

function codedList<T extends { readonly code: string }>(
  value: unknown,
  parse: (element: unknown) => T | null,
): readonly T[] | null {
  const list = strictList(value, parse);
  return list !== null && list.length > 0 && new Set(list.map(({ code }) => code)).size === list.length ? list : null;
}

function categoryJson({ code, group, name, ussd }: TrendCategory): object {
  return { code, group, name: bothJson(name), ussd: bothJson(ussd) };
}

function categoryOf(value: unknown): TrendCategory | null {
  const record = strictRecord(value, ["code", "group", "name", "ussd"]);
  const code = strictText(record?.["code"], categoryPattern);
  const group = record?.["group"] === "" ? "" : strictText(record?.["group"], groupPattern);
  const name = bothOf(record?.["name"], namePattern);
  const ussd = bothOf(record?.["ussd"], screenPattern);
  return code === null || group === null || name === null || ussd === null ? null : { code, group, name, ussd };
}

function groupJson({ code, name, nationalOnly }: TrendGroup): object {
  return { code, name: bothJson(name), nationalOnly };
}

function groupOf(value: unknown): TrendGroup | null {
  const record = strictRecord(value, ["code", "name", "nationalOnly"]);
  const code = strictText(record?.["code"], groupPattern);
  const name = bothOf(record?.["name"], namePattern);
  const nationalOnly = record?.["nationalOnly"];
  return code === null || name === null || typeof nationalOnly !== "boolean" ? null : { code, name, nationalOnly };
}

function regionOf(value: unknown): KeySpace["geography"]["regions"][number] | null {
  const record = strictRecord(value, ["code", "name"]);
  const code = strictText(record?.["code"], regionPattern);
  const name = strictText(record?.["name"], namePattern);
  return code === null || name === null ? null : { code, name };
}

function bothJson({ fr, en }: BothLanguages): object {
  return { fr, en };
}

function bothOf(value: unknown, pattern: RegExp): BothLanguages | null {
  const record = strictRecord(value, ["fr", "en"]);
  const fr = strictText(record?.["fr"], pattern);
  const en = strictText(record?.["en"], pattern);
  return fr === null || en === null ? null : { fr, en };
}
