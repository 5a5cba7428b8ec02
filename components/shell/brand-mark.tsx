/** The product's mark: a keyhole in a rounded square. */
export function BrandMark({ className = "size-6" }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className}>
      <rect width="24" height="24" rx="6.5" fill="var(--accent)" />
      <circle cx="12" cy="9.5" r="3.25" fill="none" stroke="var(--on-accent)" strokeWidth="2" />
      <path d="M12 12.75V18M12 16h2.75" fill="none" stroke="var(--on-accent)" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
