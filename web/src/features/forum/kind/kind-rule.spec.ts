import { type Why, whyCalm } from './kind-rule';

const now = Date.parse('2026-09-07T12:00:00.000Z');
const reply = (id: string, minutesAgo: number, more: { number?: number; deletedAt?: string } = {}) => ({
  ...{ number: 2, deletedAt: null, author: { id } },
  createdAt: new Date(now - minutesAgo * 60_000).toISOString(),
  ...more,
});
const why = (text: string, replies: Parameters<typeof whyCalm>[1] = []) => whyCalm(text, replies, { myId: 'me', now });

describe('how a text is written', () => {
  it.each<[string, string, Why | null]>([
    ['nothing', '  ', null],
    ['plain English', 'I do not think that this is right. Could you look again?', null],
    ['plain French', 'Je ne suis pas d’accord : à mon avis, la clé manque !', null],
    ['English in capitals', 'I HAVE SAID THIS THREE TIMES, READ WHAT IS WRITTEN', 'capitals'],
    ['French in capitals, with accents', 'ÇA FAIT TROIS FOIS QUE JE LE DIS : LISEZ CE QUI EST ÉCRIT', 'capitals'],
    ['capitals and a few small words', 'WHY does NOBODY EVER ANSWER WHAT PEOPLE ASK HERE', 'capitals'],
    ['short forms', 'RGAA, WCAG, DINUM, ANSSI and CNIL say the same of it, and the RGPD does not differ.', null],
    ['a few short forms alone', 'RGAA WCAG DINUM', null],
    ['a name in capitals', 'Jean DUPONT and Marie LEFEBVRE-MARTIN wrote to the office.', null],
    ['a script without capitals', 'شكرا جزيلا على هذه الإجابة الواضحة والمفيدة', null],
    ['capitals in code', 'Try `SELECT NAME FROM TOPICS WHERE ID IS NULL ORDER BY NAME` once.', null],
    ['capitals in a block', 'It says:\n```\nSELECT NAME FROM TOPICS WHERE ID IS NULL ORDER BY NAME\n```', null],
    ['capitals that are quoted', '> READ WHAT IS WRITTEN HERE AND THERE\n\nPlease.', null],
    ['joy', 'Bravo ! Merci ! Super !', null],
    ['many marks', 'Again!!! And nobody looks!!!', 'marks'],
    ['many marks, far apart', 'Non ! Non ! Non ! Ça suffit ! Je ne veux plus ! Plus jamais !', 'marks'],
    ['images', '![a](/files/1) ![b](/files/2) ![c](/files/3) ![d](/f/4) ![e](/f/5) ![f](/f/6)', null],
    ['dialect', 'Wesh, chui pas dac avec ça, y a moyen de causer ?', null],
  ])('%s', (_name, text, expected) => expect(why(text)).toBe(expected));

  it('is looked at as far as it is bounded', () => {
    const calm = 'calm words '.repeat(500);
    expect(why(`${calm}${'!'.repeat(50)}`)).toBeNull();
    for (const once of ['`', '> ', '```', '`a']) expect(why(once.repeat(2_000_000))).toBeNull();
  });
});

describe('how quickly people reply', () => {
  const [mine, theirs] = [reply('me', 3), reply('ali', 2)];

  it.each<[string, Parameters<typeof whyCalm>[1], Why | null]>([
    ['the third of mine between others', [mine, theirs, mine, theirs], 'quick'],
    ['the second of mine', [mine, theirs, theirs, theirs], null],
    ['nobody else writes', [mine, mine, mine], null],
    ['one other reply', [mine, theirs, mine], null],
    ['some time ago', [reply('me', 11), theirs, mine, theirs], null],
    ['one of mine was deleted', [{ ...mine, deletedAt: '2026-09-07T11:59:00.000Z' }, theirs, mine, theirs], null],
    ['the question is no reply', [reply('me', 5, { number: 1 }), theirs, mine, theirs], null],
  ])('%s', (_name, replies, expected) => expect(why('I do not agree.', replies)).toBe(expected));
});
