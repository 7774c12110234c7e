// Where a link of a message leads, said so that nothing written in or around it can say otherwise.

import { element } from './element.ts';

/** Letters of the longest host (RFC 1035, section 2.3.4); a longer one leads nowhere. */
export const HOST_MOST = 253;
/** Who gets a letter, in letters that can't be mistaken. */
const RECIPIENT = /^[\w.+-]{1,64}@[\w.-]{1,253}$/;
/** Letters of an address that are shown when a pointer rests on its link. */
export const ADDRESS_SHOWN = 300;
/** Letters of a link's text after which the host is not sought: with a longer text it stands before it. */
export const TEXT_MOST = 100;
/** Letters of the longest text that stays a link: the end of a longer one would be far from the host. */
export const LINK_MOST = 300;
/** Tags that neither end a line nor draw anything: a link that holds another is large. */
export const PHRASING =
  `em strong small s cite q dfn abbr ruby rt rp data time code var samp kbd sub sup i b u mark
  bdi bdo span wbr ins del`.split(/\s+/);
const LARGE = `:not(${PHRASING.join()})`;
/** Tabs, and what ends lines. */
const WIDE = /[\t-\r\u0085\u2028\u2029]/;
/** Where lines may go on out of sight, so that the host stands first. */
const UNWRAPPED = 'pre, table, ruby';

export type Destination = {
  /** The address as the browser reads it, in ASCII, without a user's name before the host. */
  href: string;
  /** What is to be seen: the host in ASCII, with its port where it has one; of a letter the recipient. */
  host: string;
};

/** Reads the address of a link; null where it leads nowhere that can be told. */
export function readDestination(address: string): Destination | null {
  const url = parse(address);
  // One recipient alone: copies to others, and a text that somebody else wrote, are left out.
  const [recipient] = (url?.protocol === 'mailto:' && RECIPIENT.exec(url.pathname.toLowerCase())) || [];
  if (recipient) return { href: `mailto:${recipient}`, host: recipient };
  if (!url?.host || url.hostname.length > HOST_MOST) return null;
  url.username = url.password = '';
  return { href: url.href, host: url.host };
}

/** Whether the text says of itself where its link leads: host first, in plain letters, nothing to be mistaken. */
export function saysWhere(text: string, { href, host }: Destination): boolean {
  const [scheme = ''] = /^\w+:\/*/.exec(href) ?? [];
  const said = text.startsWith(scheme) ? text.slice(scheme.length) : text;
  return said.startsWith(host) && /^([/?#][!-~]*)?$/.test(said.slice(host.length));
}

function parse(address: string): URL | null {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

/** Makes a link lead where it says, and say so: beside its text, and in full when a pointer rests on it. */
export function tellDestination(link: HTMLAnchorElement): void {
  const to = readDestination(link.getAttribute('href') ?? '');
  // A title of one of its parts would hide the link's own when a pointer rests there.
  for (const part of [link, ...link.querySelectorAll('[title]')]) part.removeAttribute('title');
  if (!to) {
    link.removeAttribute('href');
    return;
  }
  const { href } = to;
  const title = href.length > ADDRESS_SHOWN ? `${href.slice(0, ADDRESS_SHOWN)}…` : href;
  const text = link.textContent;
  const lead = isShort(link) ? link : apart(link);
  Object.assign(lead, { href, target: '_blank', rel: 'noopener noreferrer', title });
  const plain = !link.firstElementChild && text.length <= TEXT_MOST && !/\s\s|[^\S ]/.test(text);
  if (plain && saysWhere(text.trim(), to)) return;
  if (plain && !link.closest(UNWRAPPED)) lead.append(hostOf(` [${to.host}]`));
  else sayFirst(lead, to);
}

/** Makes both parts of a link that was taken apart say where it leads. */
export function tellBoth(...parts: HTMLAnchorElement[]): void {
  for (const part of parts) {
    const to = readDestination(part.href);
    if (to && !part.querySelector(':scope > .host')) sayFirst(part, to);
  }
}

const sayFirst = (link: Element, { host }: Destination): void => link.prepend(hostOf(`[${host}] `));

/** Within the link, so that it is read out with it. */
const hostOf = (said: string): HTMLElement => element('bdi', { class: 'host' }, said);

/** Whether all of a link is seen together with its beginning. */
const isShort = (link: Element): boolean =>
  link.textContent.length <= LINK_MOST && !WIDE.test(link.textContent) && !link.querySelector(LARGE);

/** Leaves the text of a link as text, and makes a link of its own before it, which holds nothing yet. */
function apart(link: HTMLAnchorElement): HTMLAnchorElement {
  const lead = link.cloneNode() as HTMLAnchorElement;
  link.removeAttribute('href');
  link.before(lead);
  return lead;
}
