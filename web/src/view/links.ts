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
  // What is said when a pointer rests on a part of the link would hide what the link says.
  for (const part of [link, ...link.querySelectorAll('[title]')]) part.removeAttribute('title');
  if (!to) {
    link.removeAttribute('href');
    return;
  }
  const { href, host } = to;
  const title = href.length > ADDRESS_SHOWN ? `${href.slice(0, ADDRESS_SHOWN)}…` : href;
  Object.assign(link, { href, target: '_blank', rel: 'noopener noreferrer', title });
  const text = link.textContent;
  const plain = !link.firstElementChild && text.length <= TEXT_MOST && !/\s\s|[^\S ]/.test(text);
  if (plain && saysWhere(text.trim(), to)) return;
  // Within the link, so that it is read out with it. Beside what may be long, blank or drawn it stands first.
  const said = element('bdi', { class: 'host' }, plain ? ` [${host}]` : `[${host}] `);
  if (plain) link.append(said);
  else link.prepend(said);
}
