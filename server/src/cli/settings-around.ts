/** The project's own word for a command: what the nearest overlint.json says. Flags win over it. */
import { nearestSettingsFile, type Settings } from '../project/settings';
import type { CommandContext } from './command-context';
import { withoutControls } from './printable';

interface SettingsAround {
  readonly settings: Partial<Settings>;
  /** Whether the file is there and can't be read as a whole. */
  readonly isUnread: boolean;
}

/** The settings of where the user stands. What is wrong in the file is said, and left out. */
export function settingsAround({ folder, err }: CommandContext): SettingsAround {
  const found = nearestSettingsFile(folder);
  for (const problem of found?.problems ?? [])
    err.write(`overlint: warning: ${withoutControls(`${found?.path}: ${problem}`)}\n`);
  return { settings: found?.settings ?? {}, isUnread: found?.isUnread === true };
}
