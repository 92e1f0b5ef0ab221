/** Choir's mark: voices of different length, one line. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 32 32"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M6 13v6M12.7 7v18M19.3 10v12M26 14v4" />
    </svg>
  );
}
