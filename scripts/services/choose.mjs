/** Which engine to take: pure rules, so that they can be read and tested apart from the programs. */

/** The order of trying: the engine that already holds the data of this folder first, then best first. */
export function tryOrder(engines, remembered) {
  const first = engines.filter((engine) => engine.name === remembered);
  return [...first, ...engines.filter((engine) => engine.name !== remembered)];
}

/** The engines that are better (earlier in the list) than the remembered one and here without fetching anything. */
export function betterOnes(engines, remembered, isHere) {
  const place = engines.findIndex((engine) => engine.name === remembered);
  return engines.slice(0, Math.max(place, 0)).filter((engine) => isHere(engine));
}

/** What to say when a better engine is at hand but the data lie with the remembered one. */
export function howToMove(kind, remembered, better) {
  return (
    `${better.title} is here too and faster, but this folder's data were made with ${remembered.title}: ` +
    (kind === 'MongoDB'
      ? 'to move, copy them with mongodump and mongorestore, or start over with `npm run demo:reset`.'
      : 'to move, start over with `npm run demo:reset`.')
  );
}

/** The one message when no engine could be had: what was tried, why not, and how to get each. */
export function nothingFound(kind, variable, tried) {
  return [
    `No ${kind} could be found or fetched. Any one of these is enough:`,
    `  - set ${variable} to the address of a server of yours`,
    ...tried.map(({ engine, why }) => `  - ${engine.how} (now: ${why})`),
  ].join('\n');
}

/** When the engine that holds the data is gone: never open an empty one beside it in silence. */
export function rememberedIsGone(engine, why) {
  return (
    `This folder's data were made with ${engine.title}, which cannot be started now (${why}). ` +
    `Bring it back: ${engine.how}. Or start over with another one: \`npm run demo:reset\`.`
  );
}
