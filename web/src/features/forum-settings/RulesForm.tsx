import { Button } from '@mantine/core';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ForumRules } from '../../../../src/contracts/forum/rules';
import { USUAL_RULES } from '../../../../src/contracts/forum/usual-rules';
import { useCohort } from '../../api/session';
import { useLocale } from '../../time/clock';
import { Part } from '../../ui/forms/Part';
import { MarkdownEditor } from '../../ui/markdown/MarkdownEditor';
import { lazyPart } from '../../ui/page/lazy-part';
import { Changed } from './Changed';
import { languagesFrom } from './languages';
import { SaveRow } from './SaveRow';
import { useSaving } from './useSaving';

const Markdown = lazyPart(async () => ({ default: (await import('../../ui/markdown/Markdown')).Markdown }));

const MAX_RULES = 20_000;

const textsOf = ({ texts: { en, fr } }: Pick<ForumRules, 'texts'>) => ({ texts: { en, fr } });

/** The rules in both languages, that of the cohort first. */
export function RulesForm({ cohortId, first }: { cohortId: string; first: ForumRules }) {
  const { t } = useTranslation('forum-settings');
  const mine = useLocale();
  const languages = languagesFrom(useCohort()?.locale ?? mine);
  const saving = useSaving(cohortId, { part: 'rules', first, contentOf: textsOf });
  const { texts } = saving.content;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void saving.save();
  };
  const isUsual = texts.en === USUAL_RULES.en && texts.fr === USUAL_RULES.fr;
  return (
    <form className="stackv g16 measure mt16" onSubmit={submit}>
      <p className="t2">
        {t('rules.lead')} <Changed setting={saving.seen} />
      </p>
      {languages.map((one) => (
        <MarkdownEditor
          key={one}
          label={t(`rules.in.${one}`)}
          lang={one}
          minRows={10}
          maxLength={MAX_RULES}
          value={texts[one]}
          onChange={(text) => saving.type({ texts: { ...texts, [one]: text } })}
        />
      ))}
      <SaveRow
        saving={saving}
        isReady={texts.en.trim() !== '' || texts.fr.trim() !== ''}
        theirs={(late) =>
          languages
            .filter((one) => late.texts[one] !== texts[one])
            .map((one) => (
              <Part key={one}>
                <Markdown source={late.texts[one]} />
              </Part>
            ))
        }
      >
        {!isUsual && (
          <Button variant="subtle" onClick={() => saving.type({ texts: USUAL_RULES })}>
            {t('rules.takeUsual')}
          </Button>
        )}
      </SaveRow>
    </form>
  );
}
