/** As much of the toolkit's API as the tests use; the package has no types. */
declare module "jsonstat-toolkit" {
  interface Category {
    readonly label: string;
    readonly unit: unknown;
  }

  interface Dataset {
    readonly class: string;
    readonly id: readonly string[];
    readonly size: readonly number[];
    readonly role: unknown;
    readonly source: string;
    readonly updated: string;
    readonly note: readonly string[];
    readonly extension: unknown;
    Data(cell: Readonly<Record<string, string>>): { readonly value: number; readonly status: string | null };
    Dimension(name: string): { Category(code: string): Category };
  }

  export default function read(json: unknown): Dataset;
}
