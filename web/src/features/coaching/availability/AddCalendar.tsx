import { Button, TextInput } from '@mantine/core';
import { useId, useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/http';
import { Problem } from '../../../api/problem';
import { useFieldText } from '../../../ui/forms/form';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import classes from '../coaching.module.css';

/** Where the address of a calendar goes. It is a secret: what is typed is not kept anywhere but on the server. */
export default function AddCalendar({ path, onAdded }: { path: string; onAdded: () => Promise<void> }) {
  const { t } = useTranslation('coaching');
  const fieldText = useFieldText('coaching');
  const helpId = useId();
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const add = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setWrong(undefined);
    setProblem(null);
    try {
      await api.post(path, { address: address.trim(), ...(name.trim() && { name: name.trim() }) });
      await onAdded();
    } catch (error) {
      const first = error instanceof Problem && error.status === 422 ? error.errors[0] : undefined;
      if (first) setWrong(fieldText(first.code, first.params));
      else setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={classes.exception} onSubmit={(event) => void add(event)}>
      {problem !== null && <ProblemAlert error={problem} ns="coaching" />}
      <TextInput
        className="grow"
        label={t('outside.address')}
        aria-describedby={helpId}
        placeholder="https://…/basic.ics"
        autoComplete="off"
        spellCheck={false}
        value={address}
        error={wrong}
        maxLength={2000}
        autoFocus
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <TextInput
        label={t('outside.name')}
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" loading={busy} disabled={address.trim() === ''}>
        {t('exceptions.put')}
      </Button>
      <p id={helpId} className={`xs t2 ${classes.help}`}>
        {t('outside.addressHelp')}
      </p>
    </form>
  );
}
