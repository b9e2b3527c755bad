import { describe, test } from 'node:test'
import { expect } from 'chai'
import { ownDiscord } from './support/server'

let ben: string
const discord = ownDiscord({ Ada: {}, Ben: {}, Meek: { bot: true, missingPermissions: ['MENTION_EVERYONE'] } }, async () => {
  ben = discord.who('Ben').id
})

const mentioned = async (content: string, allowed_mentions?: object, as = 'Ada') => {
  const { body } = await discord.call('POST', discord.messages, {
    as,
    body: { content, ...(allowed_mentions ? { allowed_mentions } : {}) },
  })
  return {
    users: body.mentions.map(({ id }: { id: string }) => id),
    roles: body.mention_roles,
    everyone: body.mention_everyone,
    content: body.content,
  }
}

describe('mentions', () => {
  // DIS-032
  test('users that exist, once each, unless mentions are disabled', async () => {
    expect((await mentioned(`<@${ben}> and <@!${ben}>`)).users).to.deep.equal([ben])
    expect((await mentioned('<@123456789012345678>')).users).to.deep.equal([])
    const silent = await mentioned(`<@${ben}>`, { parse: [] })
    expect([silent.users, silent.content]).to.deep.equal([[], `<@${ben}>`])
  })

  test('only those that are allowed', async () => {
    const text = `<@${ben}> <@${discord.who('Meek').id}>`
    expect((await mentioned(text, { users: [ben] })).users).to.deep.equal([ben])
    expect((await mentioned(text, { parse: ['users'] })).users).to.have.length(2)
    expect((await mentioned(text, { parse: ['roles'] })).users).to.deep.equal([])
  })

  test('no users inside code, nor after an escaped bracket', async () => {
    for (const text of [`\`<@${ben}>\``, `\`\`\`\n<@${ben}>\n\`\`\``, `\\<@${ben}>`]) {
      expect((await mentioned(text)).users, text).to.deep.equal([])
    }
  })

  test('everyone, where the author has the permission', async () => {
    for (const word of ['@everyone', '@here']) {
      expect((await mentioned(word)).everyone, word).to.equal(true)
      expect((await mentioned(word, undefined, 'Meek')).everyone, word).to.equal(false)
      expect((await mentioned(word, { parse: ['users'] })).everyone, word).to.equal(false)
    }
    expect((await mentioned('somebody@everyone.example')).everyone).to.equal(true)
  })

  test('roles that are mentionable', async () => {
    const { body: roles } = await discord.call('GET', `/guilds/${discord.who('Ada').guild}/roles`)
    const { id } = roles.find(({ mentionable }: { mentionable: boolean }) => mentionable)
    expect((await mentioned(`<@&${id}>`, undefined, 'Meek')).roles).to.deep.equal([id])
    expect((await mentioned(`<@&${id}>`, { parse: ['users'] })).roles).to.deep.equal([])
    const own = roles.at(-1).id
    expect((await mentioned(`<@&${own}>`, undefined, 'Meek')).roles).to.deep.equal([])
    expect((await mentioned(`<@&${own}>`)).roles).to.deep.equal([own])
  })

  test('channels stay in the text', async () => {
    const { channel } = discord.who('Ada')
    const { body } = await discord.call('POST', discord.messages, { body: { content: `<#${channel}>` } })
    expect(body.content).to.equal(`<#${channel}>`)
    expect(body).not.to.have.property('mention_channels')
  })
})
