import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { expect } from 'chai'
import { withControlRoutes } from '../readme'

test('the README lists the routes of every control API as the code declares them; `npm run readme` writes them', async () => {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8')
  expect(await withControlRoutes(readme)).to.equal(readme)
})
