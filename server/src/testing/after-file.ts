/** Takes back what a file of tests stubbed: files share a process, as loading the product anew for each took most of the time. */
import { afterAll, vi } from 'vitest';

afterAll(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});
