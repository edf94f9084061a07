import { type Role, aStage, everyPageOf } from '../../support/walks/every-page.js';

const stage = aStage();

for (const role of ['coach', 'host', 'staff', 'admin'] satisfies Role[]) everyPageOf(role, stage);
