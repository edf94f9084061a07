import { parseConfig } from '../../src/config/config.js';
import { Beats } from '../../src/infra/queue/beats.js';

const rolesOf = (ROLES: string) =>
  parseConfig({ MONGODB_URI: 'mongodb://localhost/x', REDIS_URL: 'redis://localhost', ROLES });

describe('beats', () => {
  it.each([
    ['worker', ['of workers', 'everywhere']],
    ['web,worker', ['of workers', 'everywhere']],
    ['web', ['everywhere']],
  ])('given the roles %s, then %j beat', async (roles, expected) => {
    const beats = new Beats(rolesOf(roles));
    const heard = new Set<string>();
    const threeTimes = new Promise<void>((resolve) => {
      let times = 0;
      beats.every(1, 'a beat of workers', () => Promise.resolve(void heard.add('of workers')));
      const hear = () => {
        heard.add('everywhere');
        if ((times += 1) === 3) resolve();
        return Promise.resolve();
      };
      beats.every(2, 'a beat everywhere', hear, 'everywhere');
    });
    beats.onApplicationBootstrap();
    // Timers do not keep a process alive; the test does.
    const alive = setInterval(() => undefined, 1000);
    await threeTimes;
    clearInterval(alive);
    await beats.stop();
    expect([...heard].sort()).toEqual([...expected].sort());
  });
});
