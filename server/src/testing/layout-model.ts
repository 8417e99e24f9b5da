/** The answer that a client draws a record from, asked of the server over the typestate on a small tree on disk. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LayoutModel } from '../lsp/layout-requests';
import { serve } from '../lsp/server';
import { kernelOnDisk } from './disk-tree';
import { forgetful } from './forgetful-linter';
import { LanguageClient } from './language-client';

/**
 * What `overlint/layoutModel` says of a record.
 * @param c the text of the header that defines it
 * @param arches one answer for each; x86_64 where none is named
 */
export async function layoutModels(
  c: string,
  record: string,
  ...arches: readonly (string | undefined)[]
): Promise<LayoutModel[]> {
  const folder = kernelOnDisk({ 'include/linux/records.h': c });
  const client = await LanguageClient.within((connection) => serve(connection, forgetful), { folder });
  try {
    const uri = pathToFileURL(path.join(folder, 'include/linux/records.h')).href;
    const models: LayoutModel[] = [];
    for (const arch of arches.length > 0 ? arches : [undefined])
      models.push(await client.request<LayoutModel>('overlint/layoutModel', { uri, record, ...(arch && { arch }) }));
    return models;
  } finally {
    client.stop();
  }
}
