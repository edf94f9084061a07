import { aStage, everyPageOf } from '../../support/walks/every-page.js';

/** Twelve pages that people open most. `every-page.spec.ts` and `every-page-team.spec.ts` look at all of them. */
const stage = aStage();

everyPageOf('fellow', stage, ['my week', 'a workshop', 'a topic', 'a page of the handbook', 'a channel', 'inbox']);
everyPageOf('coach', stage, ['coaching', 'a session to come']);
everyPageOf('staff', stage, ['board', 'what was handed in', 'reminders', 'people']);
