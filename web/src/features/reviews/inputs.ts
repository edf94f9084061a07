/** The id of what takes the focus in a field of a review: of words of a scale the first, or the one that is chosen. */
export const inputOf = (field: string) => `review-${field.replace('/', '-')}`;
/** The id of the whole row of a criterion, or of the verdict. */
export const rowOf = (field: string) => `${inputOf(field)}-row`;

/** Gives the focus to a word of a scale, by its place. */
export function focusWord(field: string, place: number): void {
  const words = document.getElementById(rowOf(field))?.querySelectorAll<HTMLElement>('[role="radio"]');
  words?.[place]?.focus({ preventScroll: true });
}
