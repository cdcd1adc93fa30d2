const allowedSchemes = new Set(['https:', 'http:', 'mailto:']);

/** A link's URL if it may be followed; absent for other schemes and relative addresses. */
export function safeLink(href: string): string | undefined {
  const url = URL.parse(href);
  return url && allowedSchemes.has(url.protocol) ? url.href : undefined;
}

/** An image's URL if it may be drawn: only images embedded in the answer. */
export function safeImage(href: string): string | undefined {
  return /^data:image\/(png|jpeg|gif|webp);base64,[a-z0-9+/=\s]+$/i.test(href) ? href : undefined;
}
