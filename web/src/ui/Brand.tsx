/** The mark: three people on a rope, going up. */
export function BrandMark({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true">
      <path d="M5 26 16 17 27 5" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round" />
      <circle cx="5.5" cy="25.5" r="4" fill="currentColor" />
      <circle cx="16" cy="17" r="4" fill="currentColor" />
      <circle cx="26.5" cy="5.8" r="4" fill="currentColor" />
    </svg>
  );
}
