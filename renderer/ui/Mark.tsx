/** The mark: two steps of water and a wheel. */
export function Mark() {
  return (
    <svg viewBox="0 0 22 18" fill="none" strokeLinecap="round" aria-hidden="true">
      <path d="M1.5 11.6h5.2c3 0 3.2 4.6 6.2 4.6h7.6" stroke="var(--bed)" strokeWidth="3.4" />
      <path d="M1.5 11.6h5.2c3 0 3.2 4.6 6.2 4.6h7.6" stroke="var(--flow)" strokeWidth="2" opacity=".55" />
      <path d="M1.5 6.4h6.2c3 0 3.2 4.4 6.2 4.4h6.6" stroke="var(--flow)" strokeWidth="2.2" />
      <circle cx="16.6" cy="4.2" r="2.7" stroke="var(--ink)" strokeWidth="1.8" />
    </svg>
  );
}
