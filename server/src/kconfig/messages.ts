/** What is said about Kconfig files and configurations, in the form in which scripts/kconfig says it. */
import type { KconfigPlace } from './symbols';

export interface KconfigMessage {
  /**
   * `info`: what a file prints. `note`: what a file warns of. `warning` and `error`: something is not as it should be.
   * `stop`: scripts/kconfig would end here; the rest is read all the same.
   */
  readonly severity: 'info' | 'note' | 'warning' | 'error' | 'stop';
  readonly place?: KconfigPlace;
  readonly text: string;
}

export type Report = (message: KconfigMessage) => void;

/** A message as scripts/kconfig prints it. */
export function messageLine({ severity, place, text }: KconfigMessage): string {
  if (!place) return text;
  return `${place.file}:${place.line}:${severity === 'warning' ? 'warning: ' : ' '}${text}`;
}
