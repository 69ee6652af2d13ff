import fc from 'fast-check';

/** The same cases in every run, so that a failure is one of the change at hand; others with a seed of one's own. */
fc.configureGlobal({ seed: Number(process.env['ONHERKENBAAR_SEED'] ?? 20261129) });
