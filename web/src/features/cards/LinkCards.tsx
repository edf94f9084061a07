import { useQuery } from '@tanstack/react-query';
import type { LinkCard, LinkedThing } from '../../../../src/contracts/bridges/link-cards';
import { useOnMissed } from '../../api/socket';
import { useLiveWorkshops } from '../workshops/queries';
import { cardQuery, renewAll, workshopQuery } from './cards';
import { placeOf } from './links';
import { MessageOfLink } from './MessageOfLink';
import { PersonOfLink, SessionOfLink, TopicOfLink } from './ThingsOfLinks';
import { WorkshopOfLink } from './WorkshopOfLink';
import classes from './LinkCards.module.css';

type CohortLink = Extract<LinkedThing, { cohortId: string }>;

/** What a text links to, each as a small card that leads there. Who may not see a thing sees the link alone. */
export default function LinkCards({ links }: { links: readonly LinkedThing[] }) {
  useOnMissed(renewAll);
  return (
    <div className={classes.cards} data-cards>
      {links.map((link) =>
        link.kind === 'workshop' ? (
          <LinkedWorkshop key={placeOf(link)} link={link} />
        ) : (
          <Linked key={placeOf(link)} link={link} />
        ),
      )}
    </div>
  );
}

const Coming = () => <div className={classes.card} aria-hidden="true" />;

function LinkedWorkshop({ link }: { link: CohortLink }) {
  const { data, isPending } = useQuery(workshopQuery(link));
  useLiveWorkshops(link.cohortId);
  if (isPending) return <Coming />;
  return data ? <WorkshopOfLink workshop={data} /> : null;
}

function Linked({ link }: { link: LinkedThing }) {
  const { data, isPending } = useQuery(cardQuery(link));
  if (isPending) return <Coming />;
  return data ? <Card card={data} /> : null;
}

function Card({ card }: { card: LinkCard }) {
  switch (card.kind) {
    case 'message':
      return <MessageOfLink preview={card.message} />;
    case 'topic':
      return <TopicOfLink topic={card.topic} />;
    case 'session':
      return <SessionOfLink session={card.session} />;
    case 'person':
      return <PersonOfLink person={card.person} />;
    case 'workshop':
      return <WorkshopOfLink workshop={card.workshop} />;
  }
}
