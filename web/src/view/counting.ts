// What counts on each second for as long as it is shown, by one clock for all.

const counting = new Map<HTMLElement, () => void>();
let clock: ReturnType<typeof setInterval> | undefined;

/** Calls `count` each second until the element is taken away or hidden. */
export function countOn(node: HTMLElement, count: () => void): void {
  counting.set(node, count);
  clock ??= setInterval(() => {
    for (const [each, count] of counting)
      if (each.isConnected && !each.closest('[hidden]')) count();
      else counting.delete(each);
    if (counting.size === 0) stopCounting();
  }, 1000);
}

/** Holds nothing any more of what counted. */
export function stopCounting(): void {
  counting.clear();
  clearInterval(clock);
  clock = undefined;
}
