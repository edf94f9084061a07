import { Accordion, Button, SegmentedControl, TextInput } from '@mantine/core';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TopicTemplate, TopicTemplates } from '../../../../src/contracts/forum/templates';
import { USUAL_TEMPLATES } from '../../../../src/contracts/forum/usual-templates';
import { MAX_TEMPLATES } from '../../../../src/contracts/limits';
import type { TopicKind } from '../../../../src/contracts/forums';
import { useCohort } from '../../api/session';
import { useLocale } from '../../time/clock';
import { ButtonLink } from '../../ui/ButtonLink';
import { MarkdownEditor } from '../../ui/markdown/MarkdownEditor';
import { asTag } from '../forum/as-tag';
import TagField from '../forum/TagField';
import { Changed } from './Changed';
import { languagesFrom, textIn } from './languages';
import { SaveRow } from './SaveRow';
import { useSaving } from './useSaving';

const KINDS = ['question', 'discussion'] as const satisfies TopicKind[];
const NEW: Omit<TopicTemplate, 'id'> = {
  ...{ kind: 'discussion', tags: [], names: { en: '', fr: '' }, texts: { en: '', fr: '' } },
};

const itemsOf = ({ items }: Pick<TopicTemplates, 'items'>) => ({ items });
const isFilled = ({ names, texts }: TopicTemplate) =>
  [names, texts].every(({ en, fr }) => en.trim() !== '' || fr.trim() !== '');

/** The id of a new one follows its name, and differs from all others. */
function idFor({ names }: Pick<TopicTemplate, 'names'>, taken: readonly string[]): string {
  const name = asTag(names.en || names.fr) || 'template';
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? name : `${name}-${count}`;
    if (!taken.includes(id)) return id;
  }
}

interface TemplatesFormProps {
  cohortId: string;
  first: TopicTemplates;
  tags: readonly string[];
}

/** The templates of the forum, each in both languages, that of the cohort first. */
export default function TemplatesForm({ cohortId, first, tags }: TemplatesFormProps) {
  const { t } = useTranslation('forum-settings');
  const locale = useLocale();
  const saving = useSaving(cohortId, { part: 'templates', first, contentOf: itemsOf });
  const { items } = saving.content;
  const [open, setOpen] = useState<string | null>(null);
  const saved = saving.seen.items.map(({ id }) => id);
  const type = (next: TopicTemplate[]) => saving.type({ items: next });
  const change = (at: number, over: Partial<TopicTemplate>) => {
    const others = items.filter((_, index) => index !== at).map(({ id }) => id);
    const changed = { ...(items[at] ?? { id: '', ...NEW }), ...over };
    // What was saved may stand in links.
    const id = saved.includes(changed.id) ? changed.id : idFor(changed, [...others, ...saved]);
    type(items.with(at, { ...changed, id }));
  };
  const add = () => {
    type([...items, { id: idFor(NEW, [...items.map(({ id }) => id), ...saved]), ...NEW }]);
    setOpen(String(items.length));
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void saving.save();
  };
  const isUsual = JSON.stringify(items) === JSON.stringify(USUAL_TEMPLATES);
  return (
    <form className="stackv g16 measure mt16" onSubmit={submit}>
      <p className="t2">
        {t('templates.lead')} <Changed setting={saving.seen} />
      </p>
      <Accordion value={open} onChange={setOpen} order={2}>
        {items.map((item, at) => (
          // They keep their order; an id follows what is typed.
          <Accordion.Item key={at} value={String(at)}>
            <Accordion.Control>
              {textIn(item.names, locale) || t('templates.new')}{' '}
              {!isFilled(item) && <span className="t3">{t('templates.unfilled')}</span>}
            </Accordion.Control>
            <Accordion.Panel>
              {open === String(at) && (
                <Fields item={item} tags={tags} onChange={(over) => change(at, over)}>
                  {saved.includes(item.id) && (
                    <ButtonLink
                      size="sm"
                      to="/c/$cohortId/forum/new"
                      params={{ cohortId }}
                      search={{ template: item.id } as never}
                      target="_blank"
                    >
                      {t('templates.try')}
                    </ButtonLink>
                  )}
                  <Button
                    size="sm"
                    variant="subtle"
                    onClick={() => {
                      type(items.toSpliced(at, 1));
                      setOpen(null);
                    }}
                  >
                    {t('templates.remove')}
                  </Button>
                </Fields>
              )}
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
      {items.length < MAX_TEMPLATES && (
        <div>
          <Button onClick={add}>{t('templates.add')}</Button>
        </div>
      )}
      <SaveRow
        saving={saving}
        isReady={items.every(isFilled)}
        theirs={(late) => <p>{late.items.map(({ names }) => textIn(names, locale)).join(', ')}</p>}
      >
        {!isUsual && (
          <Button variant="subtle" onClick={() => type([...USUAL_TEMPLATES])}>
            {t('templates.takeUsual')}
          </Button>
        )}
      </SaveRow>
    </form>
  );
}

interface FieldsProps {
  item: TopicTemplate;
  tags: readonly string[];
  onChange: (over: Partial<TopicTemplate>) => void;
  children: ReactNode;
}

function Fields({ item, tags, onChange, children }: FieldsProps) {
  const { t } = useTranslation('forum-settings');
  const mine = useLocale();
  const languages = languagesFrom(useCohort()?.locale ?? mine);
  return (
    <div className="stackv g16">
      <SegmentedControl
        aria-label={t('forum:kinds.label')}
        value={item.kind}
        onChange={(kind) => onChange({ kind })}
        data={KINDS.map((value) => ({ value, label: t(`forum:kinds.${value}`) }))}
      />
      {languages.map((one) => (
        <div key={one} className="stackv g16" lang={one}>
          <TextInput
            label={t(`templates.name.${one}`)}
            value={item.names[one]}
            maxLength={60}
            onChange={({ currentTarget }) => onChange({ names: { ...item.names, [one]: currentTarget.value } })}
          />
          <MarkdownEditor
            label={t(`templates.text.${one}`)}
            minRows={6}
            maxLength={4_000}
            value={item.texts[one]}
            onChange={(text) => onChange({ texts: { ...item.texts, [one]: text } })}
          />
        </div>
      ))}
      <TagField
        label={t('templates.tags')}
        data={[...tags]}
        value={item.tags}
        onChange={(chosen) => onChange({ tags: chosen })}
      />
      <div className="row wrap">{children}</div>
    </div>
  );
}
