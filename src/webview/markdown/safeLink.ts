const allowedSchemes = new Set(['https:', 'http:', 'mailto:']);

/** The address of a link that may be followed; nothing for any other scheme, and for what is no absolute address. */
export function safeLink(href: string): string | undefined {
  const url = URL.parse(href);
  return url && allowedSchemes.has(url.protocol) ? url.href : undefined;
}

/** The address of an image that may be drawn: only one that is part of the answer itself. */
export function safeImage(href: string): string | undefined {
  return /^data:image\/(png|jpeg|gif|webp);base64,[a-z0-9+/=\s]+$/i.test(href) ? href : undefined;
}
