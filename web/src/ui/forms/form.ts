import type { UseFormReturnType } from '@mantine/form';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem, type FieldProblem } from '../../api/problem';
import { refocus } from '../page/focus';

/** "/people/0/email" (RFC 6901) -> "people.0.email", the path of a Mantine field. */
export function fieldOf(pointer: string): string {
  return pointer
    .replace(/^\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
}

/** Words for a wrong field: `fields.<code>` of the feature, else of the common problems, else "check this". */
export function useFieldText(namespace?: string) {
  const { t } = useTranslation(namespace ? [namespace, 'problems'] : ['problems']);
  return (code: string, params?: Record<string, unknown>) => {
    const own = namespace ? [`${namespace}:fields.${code}`] : [];
    return t([...own, `problems:fields.${code}`, 'problems:fields.invalid'], params);
  };
}

/** Wrong fields as Mantine holds them: words by path. Of several things that are wrong with a field the first is said. */
export function wrongFields(
  problems: readonly FieldProblem[],
  text: ReturnType<typeof useFieldText>,
): Record<string, string> {
  const wrong: Record<string, string> = {};
  for (const { field, code, params } of problems) wrong[fieldOf(field)] ??= text(code, params);
  return wrong;
}

const INPUT = 'input, select, textarea, button, [tabindex], [contenteditable]';

/** Of a group of radios the first of them: the group itself takes no focus. */
const focusable = (field: HTMLElement | null) =>
  field?.matches(INPUT) ? field : (field?.querySelector<HTMLElement>(INPUT) ?? null);

/**
 * Sends a Mantine form: 422 errors go to their fields, the first wrong one takes the focus, every other problem stays
 * in `problem` for a `ProblemAlert` above the button. `submit` is for `<form onSubmit>`.
 */
export function useSubmit<T extends Record<string, unknown>>(
  form: UseFormReturnType<T>,
  send: (values: T) => Promise<unknown>,
  namespace?: string,
) {
  const text = useFieldText(namespace);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  // Looked for in the form that was sent: another one on the page may have a field of the same name.
  const focusFirst = (wrong: Record<string, unknown>, sent: HTMLFormElement | undefined) => {
    const [first] = Object.keys(wrong);
    if (!first) return;
    setTimeout(() =>
      focusable(sent?.querySelector<HTMLElement>(`[data-path="${first}"]`) ?? form.getInputNode(first))?.focus(),
    );
  };

  const submit = form.onSubmit(
    async (values, event) => {
      const sent = event?.currentTarget;
      const focused = document.activeElement;
      setBusy(true);
      setProblem(null);
      try {
        await send(values);
      } catch (error) {
        if (error instanceof Problem && error.status === 422 && error.errors.length > 0) {
          const wrong = wrongFields(error.errors, text);
          form.setErrors(wrong);
          focusFirst(wrong, sent);
        } else {
          setProblem(error);
        }
      } finally {
        setBusy(false);
        refocus(focused);
      }
    },
    (wrong, _, event) => focusFirst(wrong, event?.currentTarget),
  );

  return { submit, busy, problem };
}

const NOTHING = { sent: '', clientId: '' };

/** The id under which something is sent: the same again after a lost answer, another for what somebody changed meanwhile, and for what comes after it is `done`. */
export function useClientId(): { idOf: (sent: object) => string; done: () => void } {
  const tried = useRef(NOTHING);
  return {
    idOf: (what) => {
      const sent = JSON.stringify(what);
      if (tried.current.sent !== sent) tried.current = { sent, clientId: crypto.randomUUID() };
      return tried.current.clientId;
    },
    done: () => {
      tried.current = NOTHING;
    },
  };
}
