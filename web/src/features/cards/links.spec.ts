import { addressOf } from '../chat/messages/message-links';
import { linksIn } from './links';

const HERE = 'https://cordee.example';
const [cohort, channel, message, other] = ['a', 'b', 'c', 'd'].map((one) => one.repeat(24)) as [
  string,
  string,
  string,
  string,
];
const link = addressOf(HERE, cohort, { channelId: channel, messageId: message });
const place = { channelId: channel, messageId: message };
const linked = { kind: 'message', ...place };

describe('links to messages in a text', () => {
  it.each([
    ['alone', link],
    ['in a sentence', `see ${link}, please`],
    ['with a name', `[there](${link})`],
    ['with a thread beside it', link.replace('?', `?thread=${other}&`)],
    ['to a direct message', addressOf(HERE, null, place)],
    ['twice', `${link} ${link}`],
  ])('finds one %s', (_, body) => {
    expect(linksIn(body, HERE)).toEqual([linked]);
  });

  it.each([
    ['of another house', link.replace('cordee', 'other')],
    ['of a house whose name begins so', link.replace('.example', '.example.evil')],
    ['in a quote', `> [Inès](${link})`],
    ['in code', `\`${link}\``],
    ['in a block of code', `\`\`\`\n${link}\n\`\`\``],
    ['to a channel', link.replace(/\?.*/, '')],
    ['with an id that is too long', `${link}0`],
  ])('finds none %s', (_, body) => {
    expect(linksIn(body, HERE)).toEqual([]);
  });

  it('finds three at most', () => {
    const many = ['1', '2', '3', '4'].map((one) => link.replaceAll('c'.repeat(24), one.repeat(24))).join(' ');
    expect(linksIn(many, HERE)).toHaveLength(3);
  });
});

describe('links to workshops in a text', () => {
  const workshop = `${HERE}/c/${cohort}/workshops/${other}`;

  it.each([
    ['alone', workshop],
    ['with its title, as `/workshop` puts it', `come: [Plain language](${workshop}) `],
    ['twice, in capitals once', `${workshop} ${workshop.replace(other, other.toUpperCase())}`],
    ['with what else its address may carry', `${workshop}?from=mail`],
  ])('finds one %s', (_, body) => {
    expect(linksIn(body, HERE)).toEqual([{ kind: 'workshop', cohortId: cohort, id: other }]);
  });

  it.each([
    ['to the form that changes it', `${workshop}/edit`],
    ['to the list', workshop.replace(`/${other}`, '')],
    ['of another house', workshop.replace('cordee', 'other')],
    ['in a quote', `> [Plain language](${workshop})`],
    ['in code', `\`${workshop}\``],
  ])('finds none %s', (_, body) => {
    expect(linksIn(body, HERE)).toEqual([]);
  });
});

describe('links to other things in a text', () => {
  it.each([
    ['a topic', `/c/${cohort}/forum/${other}`, { kind: 'topic', cohortId: cohort, id: other }],
    ['a post of a topic', `/c/${cohort}/forum/${other}#post-3`, { kind: 'topic', cohortId: cohort, id: other }],
    ['a session', `/c/${cohort}/coaching/sessions/${other}`, { kind: 'session', cohortId: cohort, id: other }],
    ['a person', `/c/${cohort}/people/${other}`, { kind: 'person', cohortId: cohort, id: other }],
  ])('finds %s', (_, path, thing) => {
    expect(linksIn(`look: ${HERE}${path}.`, HERE)).toEqual([thing]);
  });

  it.each([
    ['the list of topics', `/c/${cohort}/forum`],
    ['where one asks', `/c/${cohort}/forum/new`],
    ['a project', `/c/${cohort}/projects/${other}`],
    ['what begins so', `/c/${cohort}/forum/${other}0`],
  ])('finds not %s', (_, path) => {
    expect(linksIn(`${HERE}${path}`, HERE)).toEqual([]);
  });

  it('finds three at most of all kinds, in the order of the text', () => {
    const [topic, person, workshop] = ['forum', 'people', 'workshops'].map(
      (room) => `${HERE}/c/${cohort}/${room}/${other}`,
    );
    const links = linksIn([person, link, topic, workshop].join(' '), HERE);
    expect(links.map(({ kind }) => kind)).toEqual(['person', 'message', 'topic']);
  });
});
