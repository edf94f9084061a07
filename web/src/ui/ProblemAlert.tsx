import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem';
import { Notice } from './State';

/**
 * The sentence for a refused act: `problems.<code>` of the feature's words, else of the common ones, else by status.
 * Parameters of the problem (`position`, `max`...) are there for the sentence.
 */
export function useProblemText(namespace?: string): (error: unknown) => string {
  const { t } = useTranslation(namespace ? [namespace, 'problems'] : ['problems']);
  return (error) => {
    if (!(error instanceof Problem)) return t('problems:unknown');
    const own = namespace ? [`${namespace}:problems.${error.code}`, `${namespace}:problems.http_${error.status}`] : [];
    const byStatus = error.status >= 500 ? 'problems:server' : `problems:http_${error.status}`;
    return t([...own, `problems:${error.code}`, byStatus, 'problems:unknown'], { ...error.extras });
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
