import i18next from 'i18next';
import { toastProblem } from '../toast';

/** Shorter fields take a code or an hour, whose length everybody knows. */
const A_TEXT = 40;
const SAID_FOR_MS = 5_000;

let said: { field: EventTarget; at: number } | null = null;

/** Says so when a field has no room for what is typed or pasted: by itself a browser cuts at `maxlength` without a word. */
export function sayWhatIsCut(): void {
  document.addEventListener('beforeinput', ({ target, data }) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) || data === null) return;
    const { maxLength, value, selectionStart, selectionEnd } = target;
    if (maxLength < A_TEXT || selectionStart === null || selectionEnd === null) return;
    if (value.length - (selectionEnd - selectionStart) + data.length <= maxLength) return;
    if (said?.field === target && Date.now() - said.at < SAID_FOR_MS) return;
    said = { field: target, at: Date.now() };
    toastProblem(i18next.t('common:cut', { most: maxLength }));
  });
}
