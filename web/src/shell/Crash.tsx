import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem';
import { ButtonLink } from '../ui/ButtonLink';
import { NotFound } from '../ui/NotFound';
import { useProblemText } from '../ui/ProblemAlert';
import { usePageTitle } from '../ui/title';

/** A page that failed while it was drawn, or whose script did not come. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const text = useProblemText();
  usePageTitle(t('crash.title'));
  if (error instanceof Problem && error.status === 404) return <Missing />;
  return (
    <div className="page measure">
      <h1>{t('crash.title')}</h1>
      <p className="t2 md mt8">{error instanceof Problem ? text(error) : t('crash.body')}</p>
      <div className="row mt24">
        <Button variant="filled" onClick={isLostScript(error) ? () => window.location.reload() : reset}>
          {t('retry')}
        </Button>
        <ButtonLink to="/" variant="subtle">
          {t('crash.home')}
        </ButtonLink>
      </div>
    </div>
  );
}

/** A script that a newer version has taken away never comes by asking again: the page has to be loaded afresh. */
const isLostScript = (error: unknown) =>
  error instanceof TypeError && /dynamically imported|module script/i.test(error.message);

function Missing() {
  return (
    <div className="page">
      <NotFound />
    </div>
  );
}
