import { Button } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { type ComponentProps, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftPoll } from '../../../../../src/contracts/forum/polls';
import { Icon } from '../../../ui/Icon';
import { Part } from '../../../ui/forms/Part';
import { focusWhenThere } from '../../../ui/page/focus';
import { NEW_POLL } from '../../polls/draft-poll';
import { PollField } from '../../polls/lazy';

interface PollToolProps extends Pick<ComponentProps<typeof PollField>, 'errors' | 'onChange'> {
  poll: DraftPoll | null;
  size?: 'sm';
}

/** The poll that goes with a topic or a reply, or the button that begins one. The focus goes from the one to the other. */
export function PollTool({ poll, errors, onChange, size }: PollToolProps) {
  const { t } = useTranslation('forum');
  const part = useRef<HTMLDivElement>(null);
  const swap = (next: DraftPoll | null) => {
    onChange(next);
    // What was pressed is gone by then.
    requestAnimationFrame(() => {
      if (part.current) focusWhenThere(part.current, `[data-path="${next ? 'poll.question' : 'poll'}"]`);
    });
  };
  return (
    <div ref={part} className={poll ? 'mt16' : 'mt8'}>
      {poll ? (
        <Part>
          <PollField poll={poll} errors={errors} onChange={(next) => (next ? onChange(next) : swap(null))} />
        </Part>
      ) : (
        <Button
          data-path="poll"
          variant="subtle"
          leftSection={<Icon of={IconChartBar} {...(size && { size: 16 })} />}
          {...(size && { size })}
          onClick={() => swap(NEW_POLL)}
        >
          {t('addPoll')}
        </Button>
      )}
    </div>
  );
}
