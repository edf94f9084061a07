import { Button, Modal } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/http';
import { useFocusBack } from '../page/focus';
import { useSubmit } from '../forms/form';
import { ProblemAlert } from '../page/ProblemAlert';
import { SecretOnce } from './SecretOnce';

interface SecretFormProps<Values, Made> {
  title: string;
  act: string;
  /** What is said beside the secret. */
  once: (made: Made) => string;
  /** A line for a terminal that tries it. */
  example?: (made: Made) => string | undefined;
  /** Where its words are. */
  ns: string;
  path: string;
  initial: Values;
  validate: (values: Values) => Record<string, string>;
  /** The body of the request. */
  bodyOf?: (values: Values) => object;
  onMade: () => void;
  onClose: () => void;
  children: (form: UseFormReturnType<Values>) => ReactNode;
}

/** Makes something with a secret, then shows that once. */
export function SecretForm<Values extends Record<string, unknown>, Made extends { secret: string }>({
  title,
  act,
  once,
  example,
  ns,
  path,
  initial,
  validate,
  bodyOf = (values) => values,
  onMade,
  onClose,
  children,
}: SecretFormProps<Values, Made>) {
  const { t } = useTranslation();
  useFocusBack();
  const [made, setMade] = useState<Made | null>(null);
  const form = useForm<Values>({ initialValues: initial, validate });
  const { submit, busy, problem } = useSubmit(
    form,
    async (values) => {
      setMade(await api.post<Made>(path, bodyOf(values)));
      onMade();
    },
    ns,
  );
  if (made)
    return (
      <SecretOnce title={title} lead={once(made)} secret={made.secret} example={example?.(made)} onClose={onClose} />
    );
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit} noValidate className="stackv g16 mt16">
        {children(form)}
        <ProblemAlert error={problem} ns={ns} />
        <div className="row end">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={busy}>
            {act}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
