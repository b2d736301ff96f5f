/** The mark of Chronos. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--c-accent)" />
      <circle cx="16" cy="16" r="9" fill="none" stroke="var(--c-on-accent)" strokeWidth="2.5" />
      <path
        d="M16 10.5V16l3.8 2.6"
        fill="none"
        stroke="var(--c-on-accent)"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
