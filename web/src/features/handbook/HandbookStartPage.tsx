import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Handbook, HandbookEntry } from '../../../../src/contracts/handbook/handbook';
import { useLocale } from '../../time/clock';
import { ButtonLink } from '../../ui/ButtonLink';
import { Empty } from '../../ui/page/Empty';
import { PageHeader } from '../../ui/page/PageHeader';
import { HandbookFrame } from './HandbookFrame';
import { byParent, titleIn } from './shown';
import { isCommons, toCommons, toNew, toPage, useWhere } from './where';
import classes from './handbook.module.css';

/** The door of a handbook: what it is about, section by section, and what nobody checked for long. */
export default function HandbookStartPage() {
  const { cohortId } = useWhere();
  return (
    <HandbookFrame cohortId={cohortId}>
      {(handbook) => <Sections cohortId={cohortId} handbook={handbook} />}
    </HandbookFrame>
  );
}

function Sections({ cohortId, handbook }: { cohortId: string; handbook: Handbook }) {
  const { t } = useTranslation('handbook');
  const { items, abilities } = handbook;
  const family = byParent(items);
  const old = items.filter(({ isOld }) => isOld);
  const head = isCommons(cohortId)
    ? { title: t('commons.title'), lead: t('commons.lead'), crumbs: [toCommons(t), { label: t('title') }] }
    : { title: t('title'), lead: t('lead') };
  const begin = abilities.write && (
    <ButtonLink variant="filled" {...toNew(cohortId)}>
      {t('new.act')}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader {...head}>{items.length > 0 && begin}</PageHeader>
      {items.length === 0 && (
        <Empty title={t(isCommons(cohortId) ? 'commons.empty' : 'empty.title')} act={begin}>
          {t(isCommons(cohortId) ? 'commons.emptyBody' : 'empty.body')}
        </Empty>
      )}
      <div className={classes.sections}>
        {(family.get(null) ?? []).map((section) => (
          <section key={section.id}>
            <h2>
              <PageLink cohortId={cohortId} page={section} />
            </h2>
            <ul>
              {(family.get(section.id) ?? []).map((page) => (
                <li key={page.id}>
                  <PageLink cohortId={cohortId} page={page} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {old.length > 0 && (
        <section className={classes.olds}>
          <h2>{t('olds.title', { count: old.length })}</h2>
          <p className="t2">{t('olds.lead')}</p>
          <ul>
            {old.map((page) => (
              <li key={page.id}>
                <PageLink cohortId={cohortId} page={page} />
                {page.isMine && <span className="t3"> {t('olds.mine')}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function PageLink({ cohortId, page }: { cohortId: string; page: HandbookEntry }) {
  const { text, lang } = titleIn(page, useLocale());
  return (
    <Link className={classes.to} lang={lang} {...toPage(cohortId, page.id)}>
      {text}
    </Link>
  );
}
