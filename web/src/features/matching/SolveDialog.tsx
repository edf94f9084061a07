import { ActionIcon, Button, NativeSelect, NumberInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Matching, MatchingOverview, MatchingRules, Pair } from '../../../../src/contracts/selection/matching';
import { FormDialog } from '../../ui/forms/FormDialog';
import { useSubmit } from '../../ui/forms/form';
import { Icon } from '../../ui/Icon';
import { toast } from '../../ui/toast';
import classes from './matching.module.css';
import { useMatchingActs } from './queries';

const NO_RULES: MatchingRules = { locks: [], forbidden: [], together: [], apart: [] };
const FIRST_SEED = 1;
const MOST = 2_147_483_647;

interface SolveDialogProps {
  cohortId: string;
  overview: MatchingOverview;
  /** The version that one goes on from; null for the first. */
  matching: Matching | null;
  rules?: MatchingRules;
  onClose: () => void;
  onMade?: (matchingId: string) => void;
}

/** What the next version is made by: what is locked, forbidden, together and apart, and the seed. */
export default function SolveDialog({
  cohortId,
  overview,
  matching,
  rules: before,
  onClose,
  onMade,
}: SolveDialogProps) {
  const { t } = useTranslation('matching');
  const { solve } = useMatchingActs(cohortId);
  const [rules, setRules] = useState(before ?? NO_RULES);
  const form = useForm<{ seed: number } & Record<string, unknown>>({
    initialValues: { seed: matching?.seed ?? FIRST_SEED },
  });
  const sending = useSubmit(
    form,
    async ({ seed }) => {
      const made = await solve({ ...rules, seed });
      toast(t('solve.done', { number: made.number }));
      if (made.id !== null) onMade?.(made.id);
      onClose();
    },
    'matching',
  );
  const personOf = (id: string) => overview.people.find((one) => one.applicationId === id)?.name ?? t('gone');
  const projectOf = (id: string) => overview.projects.find((one) => one.id === id)?.name ?? t('gone');
  const pairs = (rule: 'locks' | 'forbidden') =>
    rules[rule].map((pair: Pair) => ({
      rule,
      words: t(`solve.${rule}`, { name: personOf(pair.applicationId), project: projectOf(pair.projectId) }),
    }));
  const twos = (rule: 'together' | 'apart') =>
    rules[rule].map(([one, other]) => ({
      rule,
      words: t(`solve.${rule}`, { one: personOf(one), other: personOf(other) }),
    }));
  const without = (rule: keyof MatchingRules, at: number) =>
    setRules((now) => ({ ...now, [rule]: now[rule].filter((_, index) => index !== at) }));
  return (
    <FormDialog title={t('solve.title')} act={t('solve.act')} ns="matching" onClose={onClose} {...sending}>
      <p className="t2">{t('solve.what', { people: overview.people.length, projects: overview.projects.length })}</p>
      <div>
        <p className="lbl">{t('solve.rules')}</p>
        {[pairs('locks'), pairs('forbidden'), twos('together'), twos('apart')].every((one) => one.length === 0) && (
          <p className="t2">{t('solve.noRules')}</p>
        )}
        <ul className={classes.rules}>
          {[pairs('locks'), pairs('forbidden'), twos('together'), twos('apart')].flatMap((some) =>
            some.map(({ rule, words }, at) => (
              <li key={`${rule} ${words}`}>
                <span className="grow">{words}</span>
                <ActionIcon size="sm" aria-label={t('solve.remove', { rule: words })} onClick={() => without(rule, at)}>
                  <Icon of={IconX} size={16} />
                </ActionIcon>
              </li>
            )),
          )}
        </ul>
      </div>
      <TwoPeople
        overview={overview}
        onAdd={(rule, two) =>
          setRules((now) =>
            now[rule].some((known) => two.every((id) => known.includes(id)))
              ? now
              : { ...now, [rule]: [...now[rule], two] },
          )
        }
      />
      <NumberInput
        label={t('solve.seed')}
        description={t('solve.seedHelp')}
        min={0}
        max={MOST}
        allowDecimal={false}
        hideControls
        {...form.getInputProps('seed')}
      />
    </FormDialog>
  );
}

interface TwoPeopleProps {
  overview: MatchingOverview;
  onAdd: (rule: 'together' | 'apart', two: [string, string]) => void;
}

/** Two people who are to be in one team, or in no team both. */
function TwoPeople({ overview, onAdd }: TwoPeopleProps) {
  const { t } = useTranslation('matching');
  const [one, setOne] = useState('');
  const [other, setOther] = useState('');
  const data = [
    { value: '', label: t('solve.nobody') },
    ...overview.people.map(({ applicationId, name, number }) => ({ value: applicationId, label: name || number })),
  ];
  const isReady = one !== '' && other !== '' && one !== other;
  const add = (rule: 'together' | 'apart') => {
    onAdd(rule, [one, other]);
    setOne('');
    setOther('');
  };
  return (
    <fieldset className={classes.twoPeople}>
      <legend className="lbl">{t('solve.two')}</legend>
      <NativeSelect
        aria-label={t('solve.one')}
        data={data}
        value={one}
        onChange={(event) => setOne(event.currentTarget.value)}
      />
      <NativeSelect
        aria-label={t('solve.other')}
        data={data}
        value={other}
        onChange={(event) => setOther(event.currentTarget.value)}
      />
      <Button size="sm" disabled={!isReady} onClick={() => add('together')}>
        {t('solve.addTogether')}
      </Button>
      <Button size="sm" disabled={!isReady} onClick={() => add('apart')}>
        {t('solve.addApart')}
      </Button>
    </fieldset>
  );
}
