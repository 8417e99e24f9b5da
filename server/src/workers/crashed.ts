/** What is said of a file on which the checker itself failed. */
export function crashed(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `was not checked, because the checker failed on it (${reason}). Please report this`;
}
