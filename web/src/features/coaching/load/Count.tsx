/** How many a tab holds; room for it while that is not known, so that the tabs beside it stay where they are. */
export function Count({ of }: { of: number | undefined }) {
  return <span className="num">{of ?? '\u00a0'}</span>;
}
