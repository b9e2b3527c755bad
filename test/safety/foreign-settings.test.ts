import { readFileSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import { expect } from 'chai'
import { ROOT } from '../support/runner'
import { SuiteCopy } from '../support/suite-copy'

const FEATURES = ['orbital/login.feature', 'cocalc/messages.feature', 'connector/postgres/extraction.feature']
const WITH_THEM = ['connector/postgres/hooks.ts', 'connector/postgres/settings.ts', 'connector/postgres/shop.json']
/** What a person may have set for servers of their own. */
const PG = {
  PGHOST: 'nowhere.test',
  PGPORT: '1',
  PGUSER: 'nobody',
  PGDATABASE: 'elsewhere',
  PGSSLMODE: 'require',
  PGOPTIONS: '-c search_path=elsewhere',
  PGDATA: '/nonexistent',
}

describe('the PG* variables of the user', () => {
  const copied = [...FEATURES, ...WITH_THEM].map((path) => [path, readFileSync(`${ROOT}/features/${path}`, 'utf8')])
  const suite = new SuiteCopy(Object.fromEntries(copied))
  after(() => suite.remove())

  test('reach neither a private server nor a client of it', async () => {
    const { code, stdout, stderr } = await suite.run(['--profile', 'sandbox'], PG)
    expect(code, stdout + stderr).to.equal(0)
    expect(stdout).to.match(/^\d+ scenarios \(\d+ passed\)$/m)
  })
})
