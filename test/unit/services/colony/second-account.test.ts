import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { expect } from 'chai'
import { filesBelow, ROOT } from '../../../support/runner'

/** The rows about two people, as the service's own suite has them. */
const NEED_TWO = [
  9, 15, 22, 47, 48, 49, 50, 51, 57, 66, 67, 70, 71, 118, 119, 121, 122, 123, 124, 125, 248, 250, 251, 256, 257, 260, 267, 278,
].map((number) => `COL-${String(number).padStart(3, '0')}`)

type Place = string | readonly string[]

const catalogue =
  (JSON.parse(readFileSync(`${ROOT}/docs/catalogue.json`, 'utf8')) as Record<string, Record<string, { place: Place }>>).colony ??
  {}
const features = Object.values(filesBelow(`${ROOT}/features/colony`))

/** Tags of the scenarios that check a row. */
function tagsOf(id: string): string[][] {
  const place = catalogue[id]?.place ?? ''
  if (typeof place === 'string') {
    const other = /^same as (\S+)$/.exec(place)?.[1]
    return other === undefined ? [] : tagsOf(other)
  }
  return features.flatMap((text) =>
    [...text.matchAll(/^((?: *@.*\n)*) *Scenario(?: Outline)?: (.*)$/gm)]
      .filter(([, , title = '']) => place.includes(title))
      .map(([, tags = '']) => tags.trim().split(/\s+/).filter(Boolean)),
  )
}

describe('the rows of the catalogue', () => {
  // COL-D04, COL-D10
  test('every behaviour of the service’s own suite is a row, without gaps', () => {
    const upstream = 130
    const numbers = Array.from({ length: upstream }, (_, at) => `COL-${String(at + 1).padStart(3, '0')}`)
    expect(Object.keys(catalogue)).to.include.members(numbers)
    for (const id of numbers) expect(catalogue[id]?.place, id).to.satisfy((place: Place) => place.length > 0)
  })
})

describe('without a second account', () => {
  // COL-S02
  test('exactly the rows about two people are skipped', () => {
    const rows = Object.keys(catalogue).filter((id) => /^COL-\d+$/.test(id))
    const skipped = rows.filter((id) => {
      const all = tagsOf(id)
      return all.length > 0 && all.every((tags) => tags.includes('@needs:second-account'))
    })
    expect(skipped.sort()).to.deep.equal(NEED_TWO.sort())
  })
})

test('live, no scenario that sends a direct message runs beside one that counts them', () => {
  const scenarios = features.flatMap((text) =>
    [...text.matchAll(/^((?: *@.*\n)*) *Scenario(?: Outline)?: (.*)\n((?:(?! *(?:@|Scenario|Rule)).*\n?)*)/gm)].map(
      ([, tags = '', title = '', steps = '']) => ({ tags, title, steps }),
    ),
  )
  const senders = scenarios.filter(
    ({ tags, steps }) => /(?:sent|sends) the direct message/.test(steps) && !tags.includes('@sandbox-only'),
  )
  expect(senders).to.have.length.greaterThan(8)
  const apart = senders.filter(({ tags }) => tags.includes('@serial:colony'))
  expect(apart.map(({ title }) => title)).to.deep.equal(senders.map(({ title }) => title))
})
