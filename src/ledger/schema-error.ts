/**
 * The ledger's database has a schema that this version of the adapter can't work with: the process must not start, and a
 * person decides. Never thrown once a ledger is open.
 */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  /** The version that stands in the database. */
  readonly found: number;
  /** The newest version that this adapter knows. */
  readonly known: number;

  /** @param problem Danish: what is wrong, and what to do. */
  constructor(problem: string, versions: { readonly found: number; readonly known: number }) {
    super(`${problem} (skemaversion i ledgeren: ${versions.found}, kendt af denne adapter: ${versions.known})`);
    this.found = versions.found;
    this.known = versions.known;
  }
}
