// Counts what holds and says what does not.

const tally = { passed: 0, failed: 0 };

/** Counts one observation; `detail` says what was seen instead. */
export function check(what, holds, detail = "") {
  if (holds) {
    tally.passed += 1;
  } else {
    tally.failed += 1;
    console.log(`FAILED ${what}${detail === "" ? "" : `: ${detail}`}`);
  }
}

/** Runs a part of the walk; one that breaks off counts as failed, and the next one still runs. */
export async function part(name, walk) {
  const begun = Date.now();
  const before = tally.passed + tally.failed;
  try {
    await walk();
  } catch (error) {
    check(name, false, error.message);
  }
  const seconds = ((Date.now() - begun) / 1000).toFixed(1);
  console.log(`${name}: ${tally.passed + tally.failed - before} checks, ${seconds} s`);
}

/** Prints the closing line; answers whether everything held. */
export function close() {
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  return tally.failed === 0 && tally.passed > 0;
}
