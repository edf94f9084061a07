/**
 * What somebody typed as a time, as `HH:MM` on a 5-minute step: "9" is 09:00, "930" and "9h30" are 09:30, "9:32" is 09:30. Null when it
 * is none.
 */
export function typedTime(text: string): string | null {
  const parts = /^(\d{1,2})(?:\s*[:h.]?\s*(\d{2}))?\s*h?$/i.exec(text.trim());
  if (!parts) return null;
  const [hours, minutes] = [Number(parts[1]), Number(parts[2] ?? 0)];
  if (hours > 23 || minutes > 59) return null;
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${pad(hours)}:${pad(minutes - (minutes % 5))}`;
}
