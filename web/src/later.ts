// What the entrance can do without until somebody enters: loaded after the page is there.

/** The rule of aliases and what tells members apart. */
export type Aliases = Pick<typeof import('./looks/aliases.ts'), 'checkAlias' | 'Looks' | 'UNMARKED'> & {
  /** Null where the table of look-alikes did not load: then they are not marked. */
  keysOf: ((alias: string) => string[]) | null;
};

/** Milliseconds after which what has not come counts as not to be had. */
const PATIENCE = 15_000;

/** Browsers remember which script did not load: each try has an address of its own. */
let tries = 0;

/** Throws where the rule does not load. */
export async function loadAliases(): Promise<Aliases> {
  const again = tries++ ? `?${tries}` : '';
  const load = <T>(name: string): Promise<T> => within(import(`/${name}.js${again}`));
  const [rule, table] = await Promise.all([
    load<typeof import('./looks/aliases.ts')>('aliases'),
    load<typeof import('./looks/confusables.ts')>('confusables').catch(() => null),
  ]);
  return { ...rule, keysOf: table && table.keysOf };
}

function within<T>(loading: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => setTimeout(reject, PATIENCE));
  return Promise.race([loading, late]);
}
