import { useTranslation } from 'react-i18next';
import type { PageOpening } from '../../../../../src/contracts/handbook/handbook-opening';
import { Attachments } from '../../../ui/files/Attachments';
import { Markdown } from '../../../ui/markdown/Markdown';
import { Group } from '../../../ui/page/Group';
import { Notice } from '../../../ui/page/State';
import { When } from '../../../ui/times/When';
import { LANGUAGES } from '../shown';
import { notShownIn } from '../writing/page-images';
import classes from '../handbook.module.css';

/** The page in each language, as all would read it. */
export function AsRead({ opening }: { opening: PageOpening }) {
  const { t } = useTranslation('handbook');
  const { owner, attachments, madeFrom, checkedAt } = opening;
  const all = LANGUAGES.map((language) => opening[language]?.body ?? '').join('\n');
  return (
    <Group title={t('opening.asRead')}>
      <p className="t2">{t('opening.body')}</p>
      <p className="t2 mt4">
        {t('opening.checked')} <When at={checkedAt} />
      </p>
      <p className="t2 mt4">{owner ? t('opening.keeper', { name: owner.name }) : t('opening.keeperYou')}</p>
      {madeFrom && (
        <div className="mt12">
          <Notice>
            {t(`opening.madeFrom.${madeFrom}`)} {t('opening.readWhose')}
          </Notice>
        </div>
      )}
      {LANGUAGES.map((language) => {
        const words = opening[language];
        return (
          words && (
            <section key={language} className={classes.asRead} lang={language} aria-label={t(`languages.${language}`)}>
              <p className="t3 xs med">{t(`languages.${language}`)}</p>
              <h3 className={classes.subtitle}>{words.title}</h3>
              <Markdown source={words.body} className={classes.body} />
            </section>
          )
        );
      })}
      <Attachments files={notShownIn(all, attachments)} />
    </Group>
  );
}
