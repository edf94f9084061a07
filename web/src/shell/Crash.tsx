import { Button } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem';
import { isLostScript } from '../api/updated';
import { ButtonLink } from '../ui/ButtonLink';
import { NotFound } from '../ui/page/NotFound';
import { useProblemText } from '../ui/page/ProblemAlert';
import { usePageTitle } from '../ui/page/title';

/** A page that failed while it was drawn, or whose script did not come. */
export function Crash({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const text = useProblemText();
  const isLost = isLostScript(error);
  const title = t(isLost ? 'lost.title' : 'crash.title');
  usePageTitle(title);
  if (error instanceof Problem && error.status === 404) return <Missing />;
  return (
    <div className="page measure">
      <h1>{title}</h1>
      <p className="t2 md mt8">{error instanceof Problem ? text(error) : t(isLost ? 'lost.body' : 'crash.body')}</p>
      <div className="row mt24">
        {/* A script that a newer version has taken away never comes by asking again. */}
        <Button variant="filled" onClick={isLost ? () => window.location.reload() : reset}>
          {t(isLost ? 'reload' : 'retry')}
        </Button>
        <ButtonLink to="/" variant="subtle">
          {t('crash.home')}
        </ButtonLink>
      </div>
    </div>
  );
}

function Missing() {
  return (
    <div className="page">
      <NotFound />
    </div>
  );
}
