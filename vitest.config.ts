import { defineConfig } from 'vitest/config'

/** One project per folder of tests/: its name is the argument of `npm test -- <project>`. */
export default defineConfig({
  test: {
    // The tests with processes mostly wait: with one file at a time, the default on two cores, a core is idle.
    maxWorkers: 2,
    projects: ['unit', 'contract', 'architecture', 'integration'].map((name) => ({
      test: {
        name,
        include: [`tests/${name}/**/*.test.ts`],
        environment: 'node',
        // Pure tests share what they have loaded: loading it anew for each file is most of what they would take.
        isolate: name !== 'unit',
        // What never comes still fails; a pure test that makes a vault's key takes seconds on a machine with much else to do.
        testTimeout: name === 'unit' || name === 'contract' ? 60_000 : 120_000,
        hookTimeout: 60_000,
        // One that lost a race is tried once more, and named at the end (scripts/test-totals.mjs). What is pure has no races.
        retry: name === 'integration' || name === 'contract' ? 1 : 0,
        // A busy machine of two cores takes longer than the second that is usual; what never comes still fails.
        expect: { poll: { timeout: 15_000 } },
      },
    })),
  },
})
