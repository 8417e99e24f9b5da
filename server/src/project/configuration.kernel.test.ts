/** Linux's source as a clone has it, without a configuration and without a build: the promise of the README's first lines. */
import { expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { KERNEL_SOURCE } from '../testing/kernel';

it('gives exact layouts for the architecture’s own defconfig, and says what it assumed', async () => {
  for (const arch of ['x86_64', 'arm64', 's390']) {
    const names = ['page', 'folio', 'sk_buff', 'inode', 'list_head'];
    const args = ['layout', ...names, '--kernel', KERNEL_SOURCE, '--arch', arch, '--no-cache', '--format', 'json'];
    const { out, err, code } = await runOverlint(args, { folder: '/' });
    expect(err).toBe(
      `overlint: warning: There is no .config: assuming ${arch} defconfig. Choose another with --config or --build.\n`,
    );
    const found = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(found.map(({ status }) => status)).toEqual(names.map(() => 'exact'));
    expect(code).toBe(0);
  }
});
