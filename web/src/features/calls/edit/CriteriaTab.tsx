import { useTranslation } from 'react-i18next';
import type { Call } from '../../../../../src/contracts/calls/calls';
import classes from '../calls.module.css';
import { CriteriaFields } from './CriteriaFields';
import type { Lack } from './lacks';
import type { CallDraft } from './useCallDraft';
import { useErrorAt } from './useErrorAt';

interface CriteriaTabProps {
  call: Call;
  writing: CallDraft;
  lacks: readonly Lack[];
}

/** What files are read for, and how much each counts: 100 together before the call goes out. */
export default function CriteriaTab({ call, writing, lacks }: CriteriaTabProps) {
  const { t } = useTranslation('calls');
  const { draft, write } = writing;
  return (
    <fieldset className={`${classes.fields} mt24`} disabled={!call.abilities.edit}>
      <p className="t2 measure">{t('criteria.lead')}</p>
      <CriteriaFields
        criteria={draft.criteria}
        onChange={(change) => write(({ criteria }) => ({ criteria: change(criteria) }))}
        errorAt={useErrorAt(lacks)}
      />
    </fieldset>
  );
}
