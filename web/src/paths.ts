// Where the page lies: below a path perhaps, which a proxy takes away before the daemon sees it.

/** The path of what lies beside the page. */
export const pathTo = (name: string): string => location.pathname.replace(/[^/]*$/, '') + name;
