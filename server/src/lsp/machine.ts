/** What of the process it runs in a supervisor asks. */
export interface Machine {
  now(): number;
  /** Processor time of the process so far, in milliseconds: what is starved is not hung. */
  processorTime(): number;
  /** Resident, in bytes. */
  memory(): number;
  exit(code: number): void;
}
