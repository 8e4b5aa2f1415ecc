/** Runs one piece of work at a time, of two lines by turns: however long one is, the other waits for one of it only. */
export interface InTurn {
  add<T>(line: Line, work: () => Promise<T>): Promise<T>;
}

type Line = "receipts" | "readings";
const other: Readonly<Record<Line, Line>> = { receipts: "readings", readings: "receipts" };

export function openInTurn(): InTurn {
  const lines: Readonly<Record<Line, (() => Promise<void>)[]>> = { receipts: [], readings: [] };
  let served: Line = "receipts";
  let busy = false;
  const take = (): (() => Promise<void>) | undefined => {
    if (lines[other[served]].length > 0) served = other[served];
    return lines[served].shift();
  };
  const serve = async (): Promise<void> => {
    busy = true;
    for (let work = take(); work !== undefined; work = take()) await work();
    busy = false;
  };
  return {
    add: (line, work) =>
      new Promise((resolve, reject) => {
        lines[line].push(() => work().then(resolve, reject));
        if (!busy) void serve();
      }),
  };
}
