/** What the disk gives and what it refuses, and that it says why. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, withoutRights, writeFiles } from '../testing/disk-tree';
import { Disk } from './disk';

function diskWith(files: Record<string, string | Buffer>): { root: string; disk: Disk } {
  const root = emptyFolder();
  writeFiles(root, files);
  return { root, disk: new Disk([root]) };
}

describe('reading', () => {
  it('gives one character a byte', () => {
    const { root, disk } = diskWith({ 'a.c': Buffer.from([0x2f, 0x2f, 0xe4, 0xff, 0x0d, 0x0a]) });
    expect(disk.read(`${root}/a.c`)).toBe('//\xe4\xff\r\n');
  });

  it('gives nothing for folders and absent files, and says why', () => {
    const { root, disk } = diskWith({ 'mm/a.c': '' });
    expect(disk.read(`${root}/mm`)).toBeUndefined();
    expect(disk.load(`${root}/mm`)).toEqual({ problem: 'is a folder' });
    expect(disk.load(`${root}/b.c`)).toEqual({ problem: 'no such file or folder' });
    expect(disk.load(`${root}/mm/a.c/b.c`)).toEqual({ problem: 'a part of the path is not a folder' });
    expect(disk.load(`${root}/${'x'.repeat(300)}.c`)).toEqual({ problem: 'the name is too long' });
  });

  it('says that a file may not be read', async () => {
    const { root, disk } = diskWith({ 'a.c': '' });
    fs.chmodSync(`${root}/a.c`, 0);
    expect(await withoutRights(() => disk.load(`${root}/a.c`))).toEqual({ problem: 'permission denied' });
  });

  it('does not wait at a pipe that nobody writes to', () => {
    const { root, disk } = diskWith({});
    spawnSync('mkfifo', [`${root}/pipe.c`]);
    expect(disk.load(`${root}/pipe.c`)).toEqual({ problem: 'is not a regular file' });
    expect(disk.exists(`${root}/pipe.c`)).toBe(false);
  });

  it('refuses what is larger than the limit', () => {
    const { root } = diskWith({ 'a.c': 'x'.repeat(3 << 20) });
    expect(new Disk([root], 2 << 20).load(`${root}/a.c`)).toEqual({
      problem: 'is too large (3 MB; the limit is 2 MB)',
    });
  });

  it('marks each version of a file with another stamp', () => {
    const { root, disk } = diskWith({ 'a.c': 'one' });
    disk.read(`${root}/a.c`);
    const first = disk.stampOf(`${root}/a.c`);
    fs.writeFileSync(`${root}/b.c`, 'two');
    fs.renameSync(`${root}/b.c`, `${root}/a.c`);
    disk.read(`${root}/a.c`);
    expect(disk.stampOf(`${root}/a.c`)).not.toBe(first);
  });
});

describe('symbolic links', () => {
  it('are followed inside the roots', () => {
    const { root, disk } = diskWith({ 'real/a.h': 'int a;' });
    fs.symlinkSync('real', `${root}/linked`);
    fs.symlinkSync('real/a.h', `${root}/b.h`);
    for (const name of ['linked/a.h', 'b.h']) {
      expect(disk.exists(`${root}/${name}`)).toBe(true);
      expect(disk.read(`${root}/${name}`)).toBe('int a;');
    }
  });

  it('lead nowhere outside the roots', () => {
    const { root, disk } = diskWith({});
    fs.symlinkSync('/etc/passwd', `${root}/a.h`);
    fs.symlinkSync('/etc', `${root}/include`);
    for (const name of ['a.h', 'include/passwd']) {
      expect(disk.exists(`${root}/${name}`)).toBe(false);
      expect(disk.load(`${root}/${name}`)).toEqual({ problem: 'leads outside the tree, to /etc/passwd' });
    }
    expect(disk.load('/etc/passwd')).toEqual({ problem: 'is outside the tree' });
    expect(disk.exists('/etc/passwd')).toBe(false);
  });

  it('do not make a neighbour whose name starts alike part of the tree', () => {
    const { root } = diskWith({ 'linux/a.c': '', 'linux-secret/a.c': '' });
    const disk = new Disk([path.join(root, 'linux')]);
    expect(disk.exists(`${root}/linux/a.c`)).toBe(true);
    expect(disk.exists(`${root}/linux-secret/a.c`)).toBe(false);
  });

  it('may run in a circle', () => {
    const { root, disk } = diskWith({});
    fs.symlinkSync('b.c', `${root}/a.c`);
    fs.symlinkSync('a.c', `${root}/b.c`);
    expect(disk.exists(`${root}/a.c`)).toBe(false);
    expect(disk.load(`${root}/a.c`)).toEqual({ problem: 'symbolic links run in a circle' });
  });
});

describe('what is remembered', () => {
  it('is dropped when a file is said to have changed', () => {
    const { root, disk } = diskWith({ 'b.h': '' });
    expect(disk.exists(`${root}/new/a.h`)).toBe(false);
    writeFiles(root, { 'new/a.h': '' });
    expect(disk.exists(`${root}/new/a.h`)).toBe(false);
    disk.forget(`${root}/new/a.h`);
    expect(disk.exists(`${root}/new/a.h`)).toBe(true);
    fs.rmSync(`${root}/b.h`);
    disk.forget();
    expect(disk.exists(`${root}/b.h`)).toBe(false);
  });
});
