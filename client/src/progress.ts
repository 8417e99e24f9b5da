/** Long requests to the server: how far they are is shown, and they can be told to stop. */
import type * as v from 'valibot';
import { type Progress, ProgressLocation, window } from 'vscode';
import { WorkDoneProgress } from 'vscode-languageclient';
import { askFor, languageClient } from './connection';
import { showFailure } from './output';

let asked = 0;

/**
 * Asks the server, and shows how far it is until it has answered or is told to stop.
 *
 * @returns undefined where the user stopped it, or where it failed, which the user is told
 */
export function askWithProgress<Shape extends v.GenericSchema>(
  title: string,
  shape: Shape,
  method: string,
  params: object,
): Thenable<v.InferOutput<Shape> | undefined> {
  const location = ProgressLocation.Notification;
  return window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const workDoneToken = `overlint-${++asked}`;
    const listening = languageClient()?.onProgress(WorkDoneProgress.type, workDoneToken, steps(progress));
    try {
      return await askFor(shape, method, { ...params, workDoneToken }, token);
    } catch (error) {
      if (!token.isCancellationRequested) showFailure(error);
      return undefined;
    } finally {
      listening?.dispose();
    }
  });
}

/** The server counts to a hundred; VS Code wants to hear of each step by itself. */
function steps(progress: Progress<{ message?: string; increment?: number }>) {
  let before = 0;
  return (value: { message?: string; percentage?: number }): void => {
    const percentage = Math.max(before, value.percentage ?? before);
    progress.report({ message: value.message, increment: percentage - before });
    before = percentage;
  };
}
