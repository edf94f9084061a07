/** Saves a text as a file of the person's own: what is fetched with the login cannot be a plain link. */
export function saveAsFile(name: string, type: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
