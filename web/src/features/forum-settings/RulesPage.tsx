import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ForumRules } from '../../../../src/contracts/forum/rules';
import { useCohort } from '../../api/session';
import type { Locale } from '../../api/types';
import { useLocale } from '../../time/clock';
import { ButtonLink } from '../../ui/ButtonLink';
import { Part } from '../../ui/forms/Part';
import { lazyPart } from '../../ui/page/lazy-part';
import { PageHeader } from '../../ui/page/PageHeader';
import { QueryBoundary } from '../../ui/page/QueryBoundary';
import { Changed } from './Changed';
import { languagesFrom, shownIn } from './languages';
import { useRules } from './queries';

const Markdown = lazyPart(async () => ({ default: (await import('../../ui/markdown/Markdown')).Markdown }));

/** The rules of the forum, for everybody in the cohort. */
export default function RulesPage() {
  const { t } = useTranslation('forum-settings');
  const { cohortId } = useParams({ from: '/shell/c/$cohortId/forum/rules' });
  const rules = useRules(cohortId);
  return (
    <div className="page">
      <PageHeader
        title={t('rules.title')}
        lead={<p>{rules.data ? <Changed setting={rules.data} /> : '\u00a0'}</p>}
        crumbs={[
          { label: t('common:nav.forum'), link: { to: '/c/$cohortId/forum', params: { cohortId } } },
          { label: t('rules.title') },
        ]}
      >
        {rules.data?.abilities.write && (
          <ButtonLink to="/c/$cohortId/forum/settings" params={{ cohortId }}>
            {t('rules.change')}
          </ButtonLink>
        )}
      </PageHeader>
      <QueryBoundary query={rules} ns="forum-settings">
        {(data) => <Rules key={cohortId} rules={data} />}
      </QueryBoundary>
    </div>
  );
}

/** The language of the cohort first; the other where there is none in it, or who reads chooses it. */
function Rules({ rules: { texts } }: { rules: ForumRules }) {
  const { t } = useTranslation('forum-settings');
  const mine = useLocale();
  const languages = languagesFrom(useCohort()?.locale ?? mine);
  const [chosen, setChosen] = useState<Locale | null>(null);
  const shown = shownIn(texts, chosen ?? languages[0]);
  return (
    <div className="measure mt16">
      {texts.en !== '' && texts.fr !== '' && (
        <SegmentedControl
          mb="md"
          aria-label={t('language')}
          value={shown}
          onChange={(value) => setChosen(value)}
          data={languages.map((value) => ({ value, label: t(`languages.${value}`) }))}
        />
      )}
      {/* The headings of the text stand below it. */}
      <VisuallyHidden component="h2">{t(`languages.${shown}`)}</VisuallyHidden>
      <div lang={shown}>
        <Part lost="fallback" fallback={<p>{texts[shown]}</p>}>
          <Markdown source={texts[shown]} />
        </Part>
      </div>
    </div>
  );
}
