import { deepStrictEqual, strictEqual } from 'node:assert'
import { test } from 'node:test'
import type { Content } from '../../../../support/chat/content'
import { plainText } from '../../../../support/services/discord/plain-text'
import { escapeText, expectedMarkup, render } from '../../../../support/services/discord/render'

const names = { person: (id: string) => (id === '2' ? 'Ben' : undefined), channel: () => undefined, role: () => undefined }
const shown = (markdown: string): string => plainText(markdown, names)

// DIS-022
test('each style has its own markup', () => {
  const content: Content = [
    { kind: 'bold', text: 'ready' },
    { kind: 'text', text: ' since ' },
    { kind: 'italic', text: 'noon' },
    { kind: 'break' },
    { kind: 'code', text: 'npm ci' },
    { kind: 'break' },
    { kind: 'block', text: 'print(1)', language: 'python' },
  ]
  strictEqual(render(content), '**ready** since *noon*\n`npm ci`\n```python\nprint(1)\n```')
  strictEqual(shown(render(content)), 'ready since noon\nnpm ci\nprint(1)')
})

test('a reader sees literal text unchanged', () => {
  const texts = [
    '*not bold* __nor__ this, ~~nor~~ ||that|| and no `code`',
    'snake_case_name and 2*3*4',
    'C:\\Users\\ada \\* and \\\\',
    '> no quote\n# no heading\n-# no small print\n- no item\n1. no number\n>>> none either',
    '<@123456789012345678> <#1> <:x:1> <t:0:R> [label](https://example.com)',
    'https://example.com/a_b_c?d=*e* and (https://example.com/x_y)',
    '```\nno block\n``` `` ` ``',
    '🎉 ünïcödé — “quotes” & ampersands </>',
    '***',
    '_',
    '||',
    '\\',
    '1700000000-abcdef-3',
  ]
  for (const text of texts) strictEqual(shown(escapeText(text)), text)
})

test('text without special characters is not changed', () => {
  strictEqual(
    escapeText('One red glove 1700000000-abcdef-3: is it 50 # or > 2?'),
    'One red glove 1700000000-abcdef-3: is it 50 # or > 2?',
  )
})

test('code may contain backticks, and a block its own end', () => {
  strictEqual(render([{ kind: 'code', text: 'a `b` c' }]), '``a `b` c``')
  strictEqual(shown(render([{ kind: 'code', text: '`b`' }])), '`b`')
  strictEqual(render([{ kind: 'block', text: 'one ``` two' }]).split('```').length, 3)
})

test('adjacent styles stay separate', () => {
  const content: Content = [
    { kind: 'bold', text: 'a' },
    { kind: 'italic', text: 'b' },
    { kind: 'italic', text: 'c' },
  ]
  strictEqual(render(content), '**a**_bc_')
  strictEqual(shown(render(content)), 'abc')
})

// DIS-031
test('mentions of a person, a channel, a role and everyone are written in Discord’s form', () => {
  const content: Content = [
    { kind: 'mention', id: '2', name: 'Ben' },
    { kind: 'text', text: ' in ' },
    { kind: 'channel', id: '3', name: 'general' },
    { kind: 'text', text: ' ' },
    { kind: 'everyone', audience: 'everyone' },
  ]
  strictEqual(render(content), '<@2> in <#3> @everyone')
  strictEqual(render([{ kind: 'everyone', audience: 'here' }]), '@here')
  strictEqual(render([{ kind: 'role', id: '4', name: 'on call' }]), '<@&4>')
  strictEqual(shown('<@!2> <@&4> <:smile:5> @here'), '@Ben <@&4> :smile: @here')
})

test('a table is in a code block, with unchanged cells', () => {
  const rows = [
    ['Feature', 'Status'],
    ['*Login*', 'done'],
  ]
  const lines = ['| Feature | Status |', '|---------|--------|', '| *Login* | done   |']
  strictEqual(render([{ kind: 'table', rows }]), `\`\`\`\n${lines.join('\n')}\n\`\`\``)
  deepStrictEqual(expectedMarkup([{ kind: 'text', text: 'T' }, { kind: 'break' }, { kind: 'table', rows }]), ['T', ...lines])
})

test('markup of other clients is also parsed', () => {
  strictEqual(shown('**bold _and_ italic** ~~gone~~ ||hidden|| __under__ ***both***'), 'bold and italic gone hidden under both')
  strictEqual(shown('> quoted\n## heading\n-# small\ntext'), 'quoted\nheading\nsmall\ntext')
})
