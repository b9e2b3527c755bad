import { describe, test } from 'node:test'
import { expect } from 'chai'
import { nothingInstalled } from '../../../../sandbox/backing/test/support/bare-path'
import { inSurroundings } from '../../../../sandbox/kit/test/environment'
import { type Build, startOrbital } from '../../../../sandbox/orbital/server'
import { featuresOf, SuiteCopy } from '../../../support/suite-copy'

interface Case {
  build: Build
  /** The suite's settings for it. */
  settings?: Record<string, string>
}

const OTHER_FIELDS = 'user_id=courier,latitude=lat,longitude=lng,recorded_at=at'

const BUILDS: Readonly<Record<string, Case>> = {
  'that caches positions as strings, with two more revisions': { build: { addedRevisions: 2 } },
  'that caches positions as hashes': { build: { settings: { LOCATION_CACHE_FORMAT: 'hash' } } },
  'that caches positions in geo sets and names fields of the history otherwise': {
    build: { settings: { LOCATION_CACHE_FORMAT: 'geo', HISTORY_FIELDS: OTHER_FIELDS } },
    settings: { ORBITAL_HISTORY_FIELDS: OTHER_FIELDS },
  },
}

describe('the features pass live on a build of the backend', () => {
  for (const [what, { build, settings = {} }] of Object.entries(BUILDS))
    test(what, { timeout: 300_000 }, async () => {
      const surroundings = { ...nothingInstalled(), ACCEPTANCE_REAL: undefined }
      const sandbox = await inSurroundings(surroundings, () => startOrbital({ build }))
      const suite = new SuiteCopy(featuresOf('orbital'))
      try {
        const live = { ...sandbox.variables, ...settings, ALLOW_DESTRUCTIVE: 'orbital' } as Record<string, string>
        const { code, stdout } = await suite.run(['features/orbital', '--profile', 'live'], live)
        expect(stdout, stdout)
          .to.match(/scenarios \(\d+ passed(?:, \d+ skipped)?\)/)
          .and.not.match(/[1-9]\d* failed/)
        expect(code, stdout).to.equal(0)
        expect(suite.journals(), stdout).to.deep.equal([])
      } finally {
        suite.remove()
        await sandbox.stop()
      }
    })
})
