/** The formats for other programs, the file that they go into, and baselines. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { kernelOnDisk } from '../testing/disk-tree';

const FILES = { 'mm/a.c': 'int fine;\n/* \xc3\xa4 */ old_name;\n' };

async function check(args: readonly string[], files: Record<string, string> = FILES) {
  const folder = kernelOnDisk(files);
  return { folder, ...(await runOverlint(['check', ...args], { folder })) };
}

describe('sarif', () => {
  it('has relative URIs, columns in UTF-16, a fingerprint and the fix', async () => {
    const { out, code, folder } = await check(['--format', 'sarif']);
    const [run] = JSON.parse(out).runs;
    expect(code).toBe(1);
    expect(run.originalUriBaseIds.SRCROOT.uri).toBe(`file://${folder}/`);
    const [result] = run.results;
    const region = { startLine: 2, startColumn: 9, endLine: 2, endColumn: 17 };
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'mm/a.c', uriBaseId: 'SRCROOT' },
      region,
    });
    expect(result.partialFingerprints['overlintLine/v1']).toMatch(/^[0-9a-f]{32}$/);
    expect(result.fixes[0].artifactChanges[0].replacements).toEqual([
      { deletedRegion: region, insertedContent: { text: 'new_name' } },
    ]);
    expect(run.tool.driver.rules[result.ruleIndex].id).toBe('word');
  });

  it('escapes names of files', async () => {
    const { out } = await check(['--format', 'sarif'], { 'mm/a b%#\n.c': 'old_name' });
    const { uri } = JSON.parse(out).runs[0].results[0].locations[0].physicalLocation.artifactLocation;
    expect(uri).toBe('mm/a%20b%25%23%0A.c');
  });
});

describe('github', () => {
  it('is a workflow command a finding', async () => {
    expect((await check(['--format', 'github'])).out).toBe(
      '::error file=mm/a.c,line=2,endLine=2,col=10,endColumn=18,title=word::do not write old_name%0A' +
        'mm/a.c:1:1: the file starts here\n',
    );
  });

  it('lets no name of a file break out', async () => {
    const { out } = await check(['--format', 'github'], { 'mm/a,b:\n::error::%.c': 'old_name' });
    expect(out).toMatch(/^::error file=mm\/a%2Cb%3A%0A%3A%3Aerror%3A%3A%25\.c,line=1,/);
    expect(out.split('\n')).toHaveLength(2);
  });
});

it('checkpatch is as the script prints it', async () => {
  expect((await check(['--format', 'checkpatch'])).out).toBe(
    'ERROR:word: do not write old_name\n#2: FILE: mm/a.c:2:\n+/* \xc3\xa4 */ old_name;\n\n' +
      'total: 1 errors, 0 warnings, 0 checks\n',
  );
});

describe('--output', () => {
  it('has the same bytes as the standard output', async () => {
    const folder = kernelOnDisk(FILES);
    const plain = await runOverlint(['check', '--format', 'json'], { folder });
    const { out, code } = await runOverlint(['check', '--format', 'json', '--output', 'o.json'], { folder });
    expect([out, code]).toEqual(['', 1]);
    expect(fs.readFileSync(`${folder}/o.json`, 'latin1')).toBe(plain.out);
  });

  it.runIf(fs.existsSync('/dev/full'))('says that the disk is full', async () => {
    for (const flag of ['--output', '--write-baseline']) {
      const { err, code } = await check([flag, '/dev/full']);
      expect(err).toMatch(/^overlint: \/dev\/full: not written: .*space/);
      expect(code).toBe(2);
    }
  });
});

describe('--output FORMAT=FILE', () => {
  it('puts one run into several formats', async () => {
    const folder = kernelOnDisk(FILES);
    const plain = await runOverlint(['check', '--format', 'sarif'], { folder });
    const also = ['--output', 'sarif=o.sarif', '--output', 'json=o.json'];
    const { out, code } = await runOverlint(['check', '--format', 'gcc', ...also], { folder });
    expect([out.split('\n')[0], code]).toEqual(['mm/a.c:2:10: error: do not write old_name [word]', 1]);
    expect(fs.readFileSync(`${folder}/o.sarif`, 'latin1')).toBe(plain.out);
    expect(JSON.parse(fs.readFileSync(`${folder}/o.json`, 'latin1')).findings).toHaveLength(1);
  });

  it.each([
    ['sarif=', 'the name of the file is missing'],
    ['', 'the name of the file is missing'],
    ['xml=o.xml', 'there is no format "xml"; there are text, json, gcc, sarif, github, checkpatch'],
    ['=o', 'there is no format ""; there are text, json, gcc, sarif, github, checkpatch'],
  ])('refuses "%s"', async (given, why) => {
    const { out, err, code } = await check(['--output', given]);
    expect([out, code, err]).toEqual(['', 2, `overlint: --output ${given}: ${why}.\n`]);
  });

  it('leaves stdout empty where one of several files has no format of its own', async () => {
    const folder = kernelOnDisk(FILES);
    const flags = ['--format', 'gcc', '--output', 'json=o.json', '--output', './a=b.txt'];
    expect((await runOverlint(['check', ...flags], { folder })).out).toBe('');
    expect(fs.readFileSync(`${folder}/a=b.txt`, 'latin1')).toMatch(/^mm\/a\.c:2:10: error: /);
    expect(JSON.parse(fs.readFileSync(`${folder}/o.json`, 'latin1')).findings).toHaveLength(1);
  });
});

describe('a baseline', () => {
  it('survives lines that come and change around a finding, and hides no other', async () => {
    const folder = kernelOnDisk(FILES);
    await runOverlint(['check', '--write-baseline', 'base.json'], { folder });
    fs.writeFileSync(`${folder}/mm/a.c`, `int other;\nint more;\n  ${FILES['mm/a.c'].slice(10)}`, 'latin1');
    const moved = await runOverlint(['check', '--baseline', 'base.json'], { folder });
    expect([moved.code, moved.err]).toEqual([0, '']);
    fs.appendFileSync(`${folder}/mm/a.c`, FILES['mm/a.c'], 'latin1');
    const second = await runOverlint(['check', '--format', 'gcc', '--baseline', 'base.json'], { folder });
    expect(second.out).toMatch(/^mm\/a\.c:\d+:10: error: do not write old_name \[word\]\n/);
    expect(second.code).toBe(1);
  });

  it('says what is found no more', async () => {
    const folder = kernelOnDisk(FILES);
    await runOverlint(['check', '--write-baseline', 'base.json'], { folder });
    fs.writeFileSync(`${folder}/mm/a.c`, 'int fine;\n');
    const { err, code } = await runOverlint(['check', '--baseline', 'base.json'], { folder });
    expect([err, code]).toEqual(['overlint: base.json: mm/a.c: word is found no more\n', 0]);
  });

  it.each(['', '{}', '[1]', 'null', '{"version":1,"findings":[null]}'])('that holds %j is refused', async (text) => {
    const { err, code } = await check(['--baseline', 'bad.json'], { ...FILES, 'bad.json': text });
    expect(err).toBe('overlint: bad.json is no baseline: --write-baseline FILE makes one.\n');
    expect(code).toBe(2);
  });
});
