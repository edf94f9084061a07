import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { thereOf } from '../../api/despite';
import { Problem } from '../../api/problem';
import { formatMinutes } from '../../time/format';
import { Notice } from './State';
import { useThereText } from './there';

/**
 * The sentence for a refused act: `problems.<code>` of the feature's words, else of the common ones, else by status.
 * Parameters of the problem (`position`, `max`...) are there for the sentence, and `wait` after too many tries; what stands in the way
 * (`there`) is said after it.
 */
export function useProblemText(namespace?: string): (error: unknown) => string {
  const { t } = useTranslation(namespace ? [namespace, 'problems'] : ['problems']);
  const thereText = useThereText();
  return (error) => {
    if (!(error instanceof Problem)) return t('problems:unknown');
    const own = namespace ? [`${namespace}:problems.${error.code}`, `${namespace}:problems.http_${error.status}`] : [];
    const byStatus = error.status >= 500 ? 'problems:server' : `problems:http_${error.status}`;
    // Where we are told how long to wait, the sentence says it; a minute at least.
    const wait = formatMinutes(Math.max(1, Math.ceil((Number(error.extras.retryAfter) || 0) / 60)));
    const words = t([...own, `problems:${error.code}`, byStatus, 'problems:unknown'], { ...error.extras, wait });
    // Of a clash it was shown already, with the question.
    const there = error.code === 'clash' ? [] : thereOf(error);
    return [words, ...there.map(thereText)].join(' ');
  };
}

interface ProblemAlertProps {
  error: unknown;
  /** The feature whose words know the code. */
  ns?: string;
  onRetry?: () => void;
}

/** What happened and what to do, in words; nothing where there is no error. */
export function ProblemAlert({ error, ns, onRetry }: ProblemAlertProps) {
  const { t } = useTranslation();
  const text = useProblemText(ns);
  if (!error) return null;
  return (
    <Notice tone="alert">
      <span>{text(error)}</span>
      {onRetry && (
        <div className="mt8">
          <Button size="sm" onClick={onRetry}>
            {t('retry')}
          </Button>
        </div>
      )}
    </Notice>
  );
}
