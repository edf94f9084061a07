/** The whole address that somebody most likely meant: "portfolio.example/a" is https://portfolio.example/a. Null where it is one already, or none at all. */
export function meantLink(typed: string): string | null {
  const text = typed.trim();
  if (text === '' || /\s/.test(text) || /^[a-z][a-z0-9+.-]*:/i.test(text)) return null;
  const whole = `https://${text.replace(/^\/+/, '')}`;
  if (!URL.canParse(whole)) return null;
  const { hostname, username } = new URL(whole);
  return /\.[a-z0-9-]{2,}$/i.test(hostname) && username === '' ? whole : null;
}
