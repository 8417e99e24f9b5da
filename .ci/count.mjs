// Prints "PASSED FAILED" for one suite: its report (vitest's JSON) and the exit code that it ended with.
import fs from 'node:fs';

const [report, code] = process.argv.slice(2);
let passed = 0;
let failed = 0;
if (fs.existsSync(report)) {
  const files = JSON.parse(fs.readFileSync(report, 'utf8')).testResults;
  for (const file of files) {
    passed += file.assertionResults.filter((test) => test.status === 'passed').length;
    const broken = file.assertionResults.filter((test) => test.status === 'failed').length;
    // A file that could not even be loaded reports no test.
    failed += broken > 0 || file.status !== 'failed' ? broken : 1;
  }
}
// Whatever else went wrong (types, lint, bundling, a crash, the time limit) is one failure.
if (Number(code) !== 0 && failed === 0) failed = 1;
// A suite that says nothing has not passed.
if (passed === 0 && failed === 0) failed = 1;
console.log(`${passed} ${failed}`);
