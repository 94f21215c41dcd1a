// Sums the reports of all suites and prints the closing line 'N passed, N failed'; exit code 1 when anything failed.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [results, failedSteps] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;

for (const module of readdirSync('.')) {
  const reports = join(module, 'target', 'surefire-reports');
  if (!existsSync(reports)) continue;
  for (const file of readdirSync(reports).filter((name) => name.endsWith('.xml'))) {
    const suite = /<testsuite\b[^>]*>/.exec(readFileSync(join(reports, file), 'utf8'))?.[0] ?? '';
    const count = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
    const bad = count('failures') + count('errors');
    failed += bad;
    skipped += count('skipped');
    passed += count('tests') - bad - count('skipped');
  }
}
for (const file of readdirSync(results).filter((name) => name.endsWith('.json'))) {
  const report = JSON.parse(readFileSync(join(results, file), 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests + report.numTodoTests;
}

const steps = failedSteps?.trim();
if (steps) {
  console.log(`failed steps: ${steps}`);
  if (failed === 0) failed = 1;
}
if (passed === 0 && failed === 0) {
  console.log('no test ran');
  failed = 1;
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
