/** Fixes of leaks that are in 6.12's own code, taken back: each must be found where the object leaves, and nothing else with it. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bundle, COMMAND_LINE, WORKER } from '../server/src/testing/bundle';
import { KERNEL_BUILD, KERNEL_SOURCE } from '../server/src/testing/kernel';

/** The lines of linux-source-6.12 on which an object is cleared, before it leaves in the same function. */
const CLEARINGS = [
  'net/xfrm/xfrm_user.c:2268',
  'net/xfrm/xfrm_user.c:3097',
  'net/xfrm/xfrm_user.c:3115',
  'net/xfrm/xfrm_user.c:3150',
  'net/xfrm/xfrm_user.c:4062',
  'net/can/j1939/socket.c:862',
  'net/core/rtnetlink.c:1580',
  'net/sched/act_ife.c:647',
  'net/sched/act_connmark.c:201',
  'net/sched/act_skbmod.c:250',
  'net/sched/sch_gred.c:811',
  'net/sched/sch_sfq.c:843',
  'net/qrtr/af_qrtr.c:1066',
  'net/atm/common.c:832',
  'net/ipv4/inet_diag.c:187',
  'crypto/crypto_user.c:75',
  'drivers/scsi/sg.c:978',
  'drivers/usb/core/devio.c:1457',
  'drivers/usb/core/devio.c:1475',
  'sound/core/timer.c:1936',
];

it('finds each object that is no longer cleared, once', async () => {
  const bundles = await bundle({ ...COMMAND_LINE, ...WORKER });
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-leaks-'));
  try {
    const tree = path.join(scratch, 'tree');
    fs.mkdirSync(tree);
    // Hard links need one file system; else the tree is copied.
    const linked = spawnSync('cp', ['-al', `${KERNEL_SOURCE}/.`, tree]);
    if (linked.status !== 0) spawnSync('cp', ['-a', `${KERNEL_SOURCE}/.`, tree]);
    const args = ['--kernel', KERNEL_SOURCE, '--build', KERNEL_BUILD, '--scratch', tree];
    const lines = CLEARINGS.flatMap((line) => ['--line', line]);
    const { stdout } = spawnSync(
      process.execPath,
      [path.join(import.meta.dirname, 'leak-mutants.mjs'), ...args, ...lines],
      {
        encoding: 'utf8',
        env: { ...process.env, OVERLINT_BUNDLES: bundles },
      },
    );
    expect(stdout).toBe(`mutants ${CLEARINGS.length}, found exactly ${CLEARINGS.length}\n`);
  } finally {
    fs.rmSync(scratch, { recursive: true });
    fs.rmSync(bundles, { recursive: true });
  }
}, 300_000);
