/** What kept a file from being checked: said on stderr, and it makes the run end with exit code 2. */
export interface Problem {
  /** Absolute path of the file or folder. */
  readonly path: string;
  /** Why, in words that stand behind `PATH: `. */
  readonly message: string;
}
