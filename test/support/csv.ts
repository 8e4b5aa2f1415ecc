/** The records of RFC 4180 text, read strictly: CRLF ends each, quotes stand only around a whole cell. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
  for (let at = 0; at < text.length; at = cell.lastIndex) {
    cell.lastIndex = at;
    const found = cell.exec(text);
    if (found === null) throw new Error(`no cell of RFC 4180 at ${at}`);
    const [, content, end] = found;
    record.push(content!.startsWith('"') ? content!.slice(1, -1).replaceAll('""', '"') : content!);
    if (end === "\r\n") {
      records.push(record);
      record = [];
    }
  }
  if (record.length > 0) throw new Error("the last record has no end");
  return records;
}
