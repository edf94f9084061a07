const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' };

/** Words as text or attribute of HTML, as React does it. */
export const escapedHtml = (words: string): string => words.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one);
