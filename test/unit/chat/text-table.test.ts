import { deepStrictEqual } from 'node:assert'
import { test } from 'node:test'
import { pipedTable, ruledTable } from '../../../support/chat/text-table'

const ROWS = [
  ['Feature', 'Status'],
  ['Login', '✅ done'],
  ['Search', ''],
]

test('a piped table pads every cell to its column and draws a rule below the head', () => {
  deepStrictEqual(pipedTable(ROWS), [
    '| Feature | Status |',
    '|---------|--------|',
    '| Login   | ✅ done |',
    '| Search  |        |',
  ])
})

test('a ruled table has neither borders nor trailing blanks', () => {
  deepStrictEqual(ruledTable(ROWS), ['Feature | Status', '--------+-------', 'Login   | ✅ done', 'Search  |'])
})

test('a character outside the basic plane counts as one, a line break in a cell as a blank, a missing cell as empty', () => {
  deepStrictEqual(pipedTable([['🎉', 'a\nb'], ['x']]), ['| 🎉 | a b |', '|---|-----|', '| x |     |'])
})

test('no rows, no lines', () => {
  deepStrictEqual(pipedTable([]), [])
})
