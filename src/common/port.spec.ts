import { Port } from './port.js';

class Weather extends Port<{ now: () => string }> {}

describe('a port', () => {
  it('given nobody who answers, then the app does not start, and says what is missing', () => {
    expect(() => new Weather().onApplicationBootstrap()).toThrow('Nobody answers Weather');
  });

  it('given somebody who answers, then they are asked', () => {
    const weather = new Weather();
    weather.provide({ now: () => 'rain' });
    weather.onApplicationBootstrap();
    expect(weather.provider.now()).toBe('rain');
  });
});
