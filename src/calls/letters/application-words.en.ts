import type { ApplicationFacts, ByKind } from './application-words.js';

/** What letters say in English. */
export function english({
  title,
  until,
  number,
  hours,
  days,
  isNew,
  isHandedIn,
  isAdded,
  isClosed,
  text,
  decision,
  place,
  confirmBy,
  asked,
}: ApplicationFacts): ByKind {
  const notYet = 'Not handed in yet.';
  const left = hours >= 48 ? `${Math.round(hours / 24)} days` : `${hours} hours`;
  const daysLeft = hours === 24 ? 'one day' : left;
  return {
    link: {
      subject: isNew ? `Your application: ${title}` : `Your link: ${title}`,
      lines: [
        ...(isHandedIn ? [`Handed in, number ${number}.`] : [notYet]),
        isClosed ? `The call is closed since ${until}.` : `It can be handed in, and changed, until ${until}.`,
        ...(isNew ? ['If you did not ask for this link, do nothing: it is forgotten in a day.'] : []),
      ],
      action: isNew ? 'Begin my application' : 'Open my application',
    },
    closing: {
      subject: `Not handed in yet, ${left} left: ${title}`,
      lines: [notYet, `The call closes on ${until}, to the second. What is missing stands on the page.`],
      action: 'Open my application',
    },
    closed: {
      subject: `Closed without your application: ${title}`,
      lines: [
        'Your application was not handed in before the closing, so nobody reads it.',
        `What you wrote can be read for ${days} days, then it is erased.`,
      ],
      action: 'Read what I wrote',
    },
    extended: {
      subject: `Not handed in yet, and more time: ${title}`,
      lines: [notYet, `The call closes later than it said: on ${until}.`],
      action: 'Open my application',
    },
    receipt: {
      subject: `Handed in, number ${number}: ${title}`,
      lines: [
        isAdded
          ? 'The programme team added your application as you sent it. It stands below.'
          : 'We have received your application. What you handed in stands below.',
        isClosed
          ? 'The call is closed: it stands as it is here.'
          : `You can change it until ${until}; the last one that you hand in counts.`,
      ],
      action: 'Open my application',
    },
    withdrawn: {
      subject: `Withdrawn: ${title}`,
      lines: [
        'You took your application back. Nobody can read your answers any more.',
        `All of it is erased in ${days} days.`,
      ],
      action: 'Open my application',
    },
    message: {
      subject: `The programme team wrote to you: ${title}`,
      lines: [text],
      action: 'Read it and answer',
    },
    decision: {
      subject: `${{ accepted: 'Accepted', waiting: 'On the waiting list', declined: 'Our answer', lapsed: 'Our answer' }[decision]}: ${title}`,
      lines: [
        text,
        ...(place === 'open'
          ? [`Say by ${confirmBy} whether you take the place. Without an answer by then it is not yours any more.`]
          : []),
      ],
      action: place === 'open' ? 'Take the place, or give it back' : 'Open my application',
    },
    'to-confirm': {
      subject: `Your place is not confirmed yet, ${daysLeft} left: ${title}`,
      lines: [`Say by ${confirmBy} whether you take the place. Without an answer by then it is not yours any more.`],
      action: 'Take the place, or give it back',
    },
    'place-taken': {
      subject: `Your place is confirmed: ${title}`,
      lines: ['You take the place. We are glad, and write to you about what comes next.'],
      action: 'Open my application',
    },
    'place-lost': {
      subject: `${place === 'given-back' ? 'You gave your place back' : 'Your place was not confirmed'}: ${title}`,
      lines: [
        place === 'given-back'
          ? 'You gave the place back. Thank you for telling us: somebody else can have it.'
          : `We had no answer from you by ${confirmBy}, so the place is not yours any more.`,
      ],
      action: 'Open my application',
    },
    asked: {
      subject: `We ask you for something more: ${title}`,
      lines: [
        ...(asked.words === '' ? [] : [asked.words]),
        'These questions are open for you again:',
        ...asked.questions.map((question) => `– ${question}`),
        `Answer them, and hand in again, by ${asked.until}.${isClosed ? ' All else stays as you handed it in.' : ''}`,
      ],
      action: 'Answer',
    },
  };
}
